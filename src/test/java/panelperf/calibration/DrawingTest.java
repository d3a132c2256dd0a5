package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.bokeh.Json;

/** Documents and patches that real Panel sent. */
final class DrawingTest {
    @ParameterizedTest
    @CsvSource({"ws-page-load, 1, 3.3.4", "ws-dashboard-load, 4, 3.3.4", "ws-page-load-latest, 1, 3.9.2"})
    void loaders_of_a_recorded_page_end_with_its_patches(String capture, int loaders, String version)
            throws IOException {
        List<JsonNode> contents = contents(Path.of("src/test/resources/captures/" + capture + ".jsonl"));
        JsonNode doc = contents.stream()
                .filter(content -> content.has("doc"))
                .findFirst()
                .orElseThrow()
                .path("doc");

        Drawing drawing = Drawing.of(doc);
        assertThat(drawing.version()).contains(version);
        assertThat(drawing.loaders()).hasSize(loaders);
        assertThat(drawing.browserInfo()).isPresent();
        assertThat(drawing.busy().isPresent())
                .as("a template has an indicator")
                .isEqualTo(doc.toString().contains("busy_indicator"));

        boolean filled = false;
        for (JsonNode content : contents) {
            filled |= drawing.fills(content);
            drawing = drawing.patched(content);
        }
        assertThat(filled).isTrue();
        assertThat(drawing.loaders()).isEmpty();
    }

    /** The server's messages, without their headers: only contents have a document or events. */
    private static List<JsonNode> contents(Path capture) throws IOException {
        List<JsonNode> contents = new ArrayList<>();
        for (String line : Files.readAllLines(capture)) {
            JsonNode frame = Json.read(line);
            if (frame.path("from").asText().equals("server")
                    && frame.path("type").asText().equals("text")) {
                JsonNode data = Json.read(frame.path("data").asText());
                if (data.has("doc") || data.has("events")) {
                    contents.add(data);
                }
            }
        }
        return contents;
    }
}
