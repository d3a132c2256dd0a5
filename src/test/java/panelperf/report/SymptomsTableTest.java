package panelperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import panelperf.rehearsal.Symptoms;

/** What {@code symptoms} prints, byte by byte; {@code -Dgolden.update=true} rewrites the file, which is then to be read. */
final class SymptomsTableTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/symptoms.txt");

    @Test
    void the_table_is_the_golden_one() throws IOException {
        List<SymptomsTable.Row> rows = new ArrayList<>();
        add(
                rows,
                "panel-1.3.8",
                new Symptoms(385, 12_937.4, 18.12, 1.94, 1, 2, 1, 32_412.6, 1_597.3, 15_768, 46_120, 115, 45_310));
        add(rows, "  destroy=free", new Symptoms(892, 2_869, 4.04, 1, 1, 2, 0, 0, 0, 15_001, 31_990, 131, 15_840));
        add(rows, "native", new Symptoms(6_860, 350, 1, 1, 0, 0, 0, 0, 0, 15_000, 31_950, 930, 16_900));

        String text = SymptomsTable.render(rows);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
    }

    private static void add(List<SymptomsTable.Row> rows, String name, Symptoms seen) {
        rows.add(new SymptomsTable.Row(name, seen));
    }
}
