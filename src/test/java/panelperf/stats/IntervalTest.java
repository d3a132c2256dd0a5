package panelperf.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals against SciPy's values, and against the truth in simulations with a seed. */
final class IntervalTest {
    private static final int RUNS = 1000;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void a_percentile_lies_between_the_order_statistics_that_scipy_names() throws IOException {
        for (String row : rows("order")) {
            String[] fields = row.split(";", -1);
            int n = Integer.parseInt(fields[1]);
            double[] ranks = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
            int low = Integer.parseInt(fields[3]);
            int high = Integer.parseInt(fields[4]);

            Interval interval = Percentile.interval(100 * Double.parseDouble(fields[2]), ranks);

            assertThat(interval.low()).as(row).isEqualTo(low == 0 ? Double.NEGATIVE_INFINITY : low);
            assertThat(interval.high()).as(row).isEqualTo(high == n + 1 ? NEVER : high);
        }
    }

    @Test
    void a_share_lies_between_the_ends_that_scipy_names() throws IOException {
        for (String row : rows("proportion")) {
            String[] fields = row.split(";", -1);

            Interval interval = Proportion.interval(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));

            assertThat(interval.low()).as(row).isCloseTo(Double.parseDouble(fields[3]), within(1e-9));
            assertThat(interval.high()).as(row).isCloseTo(Double.parseDouble(fields[4]), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"72, true", "71, false"})
    void a_share_of_95_percent_can_be_shown_from_72_visits_on(int n, boolean shown) {
        assertThat(Proportion.interval(n, n).low() >= 0.95).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"36, true", "35, false"})
    void a_p90_has_an_upper_end_from_36_values_on(int n, boolean bounded) {
        assertThat(Percentile.interval(90, new double[n]).isBounded()).isEqualTo(bounded);
    }

    @Test
    void what_did_not_happen_is_beyond_every_upper_end() {
        double[] sample = new double[100];
        Arrays.fill(sample, 0, 97, 5);
        Arrays.fill(sample, 97, 100, NEVER);
        assertThat(Percentile.interval(90, sample)).isEqualTo(new Interval(5, 5));

        Arrays.fill(sample, 90, 100, NEVER);
        assertThat(Percentile.interval(90, sample)).isEqualTo(new Interval(5, NEVER));
    }

    /** A right interval holds the truth in 95 of 100 runs; 1,000 runs cannot tell 93 to 97 from it. */
    @ParameterizedTest
    @CsvSource({"90, 100", "90, 300", "50, 100", "95, 500"})
    void the_interval_of_a_percentile_covers_the_truth_in_95_of_100_runs(int rank, int n) {
        Random random = new Random(20261124);
        double truth = -Math.log(1 - rank / 100.0);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] sample = IntStream.range(0, n)
                    .mapToDouble(i -> -Math.log(1 - random.nextDouble()))
                    .toArray();
            Interval interval = Percentile.interval(rank, sample);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }

        assertThat(covered / (double) RUNS).as("seed 20261124").isBetween(0.93, 0.97);
    }

    @Test
    void the_interval_of_a_ratio_covers_the_truth_in_most_runs() {
        Random random = new Random(20261125);
        int runs = 200;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            double[] base = gamma(40, 1, random);
            double[] values = gamma(200, 3, random);
            Interval interval = Bootstrap.ratio(90, values, base, random);
            covered += interval.low() <= 3 && 3 <= interval.high() ? 1 : 0;
        }

        // The percentile method is known to be somewhat narrow for small samples: 40 here.
        assertThat(covered / (double) runs).as("seed 20261125").isBetween(0.88, 0.98);
    }

    @Test
    void a_ratio_is_reproducible_and_bounded_by_what_did_not_happen() {
        double[] base = {1, 1.1, 1.2, 1.3};
        double[] half = {2, 2, NEVER, NEVER};

        assertThat(Bootstrap.ratio(50, new double[] {2, 3, 4}, base, new Random(7)))
                .isEqualTo(Bootstrap.ratio(50, new double[] {2, 3, 4}, base, new Random(7)));
        assertThat(Bootstrap.ratio(50, half, base, new Random(7)).high()).isEqualTo(NEVER);
        assertThat(Bootstrap.ratio(50, new double[0], base, new Random(7))).isEqualTo(Interval.unknown());
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> Percentile.interval(100, new double[] {1})).hasMessageContaining("less than 100");
        assertThatThrownBy(() -> Proportion.interval(3, 2)).hasMessageContaining("found 3 of 2");
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("expected low <= high");
    }

    private static double[] gamma(int n, double scale, Random random) {
        return IntStream.range(0, n)
                .mapToDouble(i -> -scale * Math.log((1 - random.nextDouble()) * (1 - random.nextDouble())))
                .toArray();
    }

    private static List<String> rows(String kind) throws IOException {
        try (InputStream in = Objects.requireNonNull(IntervalTest.class.getResourceAsStream("/stats/intervals.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind))
                    .toList();
        }
    }
}
