package panelperf.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RankCorrelationTest {
    @Test
    void coefficients_are_scipys() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("src/test/resources/stats/spearman.csv")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(rows).hasSize(12);
        for (String row : rows) {
            String[] fields = row.split(";", -1);

            OptionalDouble found = RankCorrelation.spearman(numbers(fields[0]), numbers(fields[1]));

            if (fields[2].equals("none")) {
                assertThat(found).as(row).isEmpty();
            } else {
                assertThat(found.orElseThrow()).as(row).isCloseTo(Double.parseDouble(fields[2]), within(1e-12));
            }
        }
    }

    @Test
    void what_did_not_happen_has_the_highest_rank() {
        double never = Double.POSITIVE_INFINITY;

        assertThat(RankCorrelation.spearman(new double[] {1, 2, never, never}, new double[] {1, 2, 3, 3}))
                .hasValueCloseTo(1.0, within(1e-12));
    }

    @Test
    void two_pairs_say_nothing() {
        assertThat(RankCorrelation.spearman(new double[] {1, 2}, new double[] {1, 2}))
                .isEmpty();
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> RankCorrelation.spearman(new double[2], new double[3]))
                .hasMessageContaining("found 2 and 3");
        assertThatThrownBy(() -> RankCorrelation.spearman(new double[] {1, Double.NaN, 2}, new double[3]))
                .hasMessageContaining("expected numbers");
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
