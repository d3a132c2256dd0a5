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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentileTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void percentiles_are_numpys() throws IOException {
        List<String> rows = fixture();
        assertThat(rows).hasSize(49);
        for (String row : rows) {
            String[] fields = row.split(";", -1);
            double rank = Double.parseDouble(fields[0]);
            double expected = Double.parseDouble(fields[1]);
            double[] sample = numbers(fields[2]);

            assertThat(Percentile.of(rank, sample).orElseThrow())
                    .as("p%s of %d values", rank, sample.length)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
        }
    }

    @Test
    void p90_of_900_eight_times_950_and_1400_is_k6s() {
        double[] sample = {900, 900, 900, 900, 900, 900, 900, 900, 950, 1400};

        assertThat(Percentile.of(90, sample).orElseThrow()).isCloseTo(995.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "90, 10, 0, 9.1", // nothing is missing
                "90, 10, 1, none", // falls between the last value and infinity
                "80, 11, 1, 9.0", // lies on a finite value exactly, beside an infinite one
                "90, 11, 1, 10.0", // the last finite value, exactly
                "91, 11, 1, none", // just beyond it
                "50, 4, 3, none",
                "0, 4, 3, 1.0",
                "0, 4, 4, none",
                "100, 4, 1, none",
            })
    void what_did_not_happen_is_slower_than_everything(int rank, int n, int missing, Double expected) {
        double[] sample = new double[n];
        for (int i = 0; i < n; i++) {
            sample[n - 1 - i] = i < n - missing ? i + 1 : NEVER;
        }

        assertThat(Percentile.of(rank, sample).stream().boxed().findFirst().orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void an_empty_sample_has_no_percentile() {
        assertThat(Percentile.of(50, new double[0])).isEmpty();
    }

    @Test
    void the_sample_is_not_changed() {
        double[] sample = {3, NEVER, 1};

        var unused = Percentile.of(50, sample);

        assertThat(sample).containsExactly(3, NEVER, 1);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> Percentile.of(101, new double[] {1})).hasMessageContaining("expected 0 to 100");
        assertThatThrownBy(() -> Percentile.of(Double.NaN, new double[] {1})).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> Percentile.of(50, new double[] {Double.NaN}))
                .hasMessageContaining("expected numbers or +Infinity");
    }

    private static double[] numbers(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String> fixture() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PercentileTest.class.getResourceAsStream("/stats/percentiles.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
