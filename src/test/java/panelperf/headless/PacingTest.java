package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PacingTest {
    @TempDir
    private Path folder;

    @Test
    void the_shipped_file_names_where_its_figures_come_from() {
        Pacing shipped = Pacing.shipped();

        assertThat(shipped.evaluateMs()).isPositive();
        assertThat(shipped.renderMs()).isPositive();
        assertThat(shipped.source()).contains("Chromium");
    }

    @Test
    void a_file_is_read() throws IOException {
        assertThat(Pacing.read(file("{\"evaluateMs\": 12, \"renderMs\": 3, \"source\": \"mine\"}")))
                .isEqualTo(new Pacing(12, 3, "mine"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"evaluateMs": 12}                      | expected a whole number 'renderMs', found
            {"evaluateMs": "12", "renderMs": 3}     | expected a whole number 'evaluateMs', found "12"
            {"evaluateMs": -1, "renderMs": 3}       | pacing evaluateMs: expected 0 to 60000 ms, found -1
            {"evaluateMs": 1, "renderMs": 60001}    | pacing renderMs: expected 0 to 60000 ms, found 60001
            {"evaluateMs": 1,                       | expected a JSON object, found something else at line 1
            """)
    void a_file_that_is_none_is_refused_with_the_reason(String text, String reason) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> Pacing.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Pacing.read(folder.resolve("none.json")))
                .hasMessageStartingWith("pacing: expected on, off or a calibration file, found '")
                .hasMessageContaining("none.json");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("pacing.json"), text);
    }
}
