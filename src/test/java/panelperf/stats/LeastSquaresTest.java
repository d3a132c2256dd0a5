package panelperf.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LeastSquaresTest {
    /** NIST's Statistical Reference Datasets, Norris: pairs of y and x. */
    private static final double[] NORRIS = {
        0.1, 0.2, 338.8, 337.4, 118.1, 118.2, 888.0, 884.6, 9.2, 10.1, 228.1, 226.5, 668.5, 666.3, 998.5, 996.3, 449.1,
        448.6, 778.9, 777.0, 559.2, 558.2, 0.3, 0.4, 0.1, 0.6, 778.1, 775.5, 668.8, 666.9, 339.3, 338.0, 448.9, 447.5,
        10.8, 11.6, 557.7, 556.0, 228.3, 228.1, 998.0, 995.8, 888.8, 887.6, 119.6, 120.2, 0.3, 0.3, 0.6, 0.3, 557.6,
        556.8, 339.3, 339.1, 888.0, 887.2, 998.5, 999.0, 778.9, 779.0, 10.2, 11.1, 117.6, 118.3, 228.9, 229.2, 668.4,
        669.1, 449.2, 448.9, 0.2, 0.5
    };

    @Test
    void it_gives_the_certified_values_of_norris() {
        int n = NORRIS.length / 2;
        double[][] terms = new double[n][];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = NORRIS[2 * i];
            terms[i] = new double[] {1, NORRIS[2 * i + 1]};
        }

        LeastSquares fit = LeastSquares.fit(terms, values, ones(n));

        assertThat(fit.coefficients().get(0)).isCloseTo(-0.262323073774029, within(1e-9));
        assertThat(fit.coefficients().get(1)).isCloseTo(1.00211681802045, within(1e-12));
        assertThat(fit.errors().get(0)).isCloseTo(0.232818234301152, within(1e-9));
        assertThat(fit.errors().get(1)).isCloseTo(0.000429796848199937, within(1e-12));
        assertThat(fit.spare()).isEqualTo(34);
    }

    @Test
    void an_observation_of_weight_two_counts_as_two() {
        double[][] once = {{1, 0}, {1, 1}, {1, 3}};
        double[][] twice = {{1, 0}, {1, 1}, {1, 3}, {1, 3}};

        LeastSquares weighted = LeastSquares.fit(once, new double[] {1, 3, 4}, new double[] {1, 1, 2});
        LeastSquares repeated = LeastSquares.fit(twice, new double[] {1, 3, 4, 4}, ones(4));

        assertThat(weighted.coefficients().get(0))
                .isCloseTo(repeated.coefficients().get(0), within(1e-12));
        assertThat(weighted.coefficients().get(1))
                .isCloseTo(repeated.coefficients().get(1), within(1e-12));
    }

    @Test
    void an_interval_holds_the_truth_in_95_of_100_samples() {
        SplittableRandom random = new SplittableRandom(20261125);
        int held = 0;
        for (int sample = 0; sample < 2_000; sample++) {
            double[][] terms = new double[6][];
            double[] values = new double[6];
            for (int i = 0; i < 6; i++) {
                terms[i] = new double[] {1, i};
                values[i] = 5 + 2 * i + random.nextGaussian();
            }
            Interval slope = LeastSquares.fit(terms, values, ones(6)).interval(1);
            held += slope.low() <= 2 && 2 <= slope.high() ? 1 : 0;
        }
        assertThat(held / 2_000.0).as("seed 20261125").isBetween(0.94, 0.96);
    }

    @Test
    void without_spare_observations_nothing_is_known_of_errors() {
        LeastSquares fit = LeastSquares.fit(new double[][] {{1, 0}, {1, 1}}, new double[] {1, 3}, ones(2));

        assertThat(fit.coefficients().get(0)).isCloseTo(1, within(1e-12));
        assertThat(fit.coefficients().get(1)).isCloseTo(2, within(1e-12));
        assertThat(fit.interval(1)).isEqualTo(Interval.unknown());
    }

    @Test
    void terms_that_depend_on_each_other_are_refused() {
        assertThatThrownBy(() -> LeastSquares.fit(new double[][] {{1, 2}, {2, 4}, {3, 6}}, ones(3), ones(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depend");
        assertThatThrownBy(() -> LeastSquares.fit(new double[][] {{1, 2}}, ones(1), ones(1)))
                .hasMessageContaining("found 1 and 2");
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
