package panelperf.headless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time that a browser spends where the light engine does nothing: two delays that burn no CPU. Without them ten
 * users would come round ten times too fast and press the server harder than people do.
 *
 * @param evaluateMs evaluation of the bundles, before the first paint and the websocket; 0 or more
 * @param renderMs building the views, between the document and {@code document_ready}; 0 or more
 * @param source where the figures come from: browser, page, machine, date
 */
public record Pacing(int evaluateMs, int renderMs, String source) {
    private static final int LONGEST_MS = 60_000;

    public Pacing {
        check("evaluateMs", evaluateMs);
        check("renderMs", renderMs);
    }

    private static void check(String name, int ms) {
        if (ms < 0 || ms > LONGEST_MS) {
            throw new IllegalArgumentException("pacing " + name + ": expected 0 to " + LONGEST_MS + " ms, found " + ms);
        }
    }

    /** No delays: the server is pressed as hard as the engine can. */
    public static Pacing off() {
        return new Pacing(0, 0, "off");
    }

    /** The calibration that is shipped with this engine. */
    public static Pacing shipped() {
        try (InputStream in = Pacing.class.getResourceAsStream("pacing.json")) {
            if (in == null) {
                throw new IllegalStateException("expected the resource pacing.json beside " + Pacing.class);
            }
            return parse("pacing.json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a calibration file.
     *
     * @throws IllegalArgumentException when it cannot be read or is not one; the message is a sentence
     */
    public static Pacing read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("pacing: expected on, off or a calibration file, found '" + file
                    + "', which cannot be read (" + e + ")");
        }
    }

    private static Pacing parse(String name, String text) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ": expected a JSON object, found something else at line "
                    + e.getLocation().getLineNr());
        }
        for (String field : new String[] {"evaluateMs", "renderMs"}) {
            if (!json.path(field).isInt()) {
                throw new IllegalArgumentException(
                        name + ": expected a whole number '" + field + "', found " + json.path(field));
            }
        }
        return new Pacing(
                json.path("evaluateMs").asInt(),
                json.path("renderMs").asInt(),
                json.path("source").asText("unknown"));
    }
}
