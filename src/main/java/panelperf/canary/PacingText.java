package panelperf.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import panelperf.visit.Redaction;

/** A calibration file for {@code -Dpacing}, which says how each number was taken. */
public final class PacingText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PacingText() {}

    /**
     * Where and when.
     *
     * @param page what was visited
     * @param server what it says of itself
     * @param machine processor, cores, system
     * @param software the light engine's version and its JVM's
     * @param at when it was measured
     */
    public record Circumstances(URI page, String server, String machine, String software, Instant at) {}

    /** The file's text, which is JSON and ends with a line feed. */
    public static String of(PacingMeasurement measured, Circumstances where) {
        ObjectMapper mapper = new ObjectMapper();
        String page = Redaction.of(where.page());
        ObjectNode file = mapper.createObjectNode()
                .put("evaluateMs", measured.evaluate().ms())
                .put("renderMs", measured.render().ms())
                .put(
                        "source",
                        measured.browser() + " on " + page + " (" + where.server() + "), " + where.machine() + ", "
                                + DAY.format(where.at()))
                .put("measured", MINUTE.format(where.at()))
                .put("visits", measured.evaluate().n())
                .put("page", page)
                .put("server", where.server())
                .put("browser", measured.browser() + ", " + measured.driver())
                .put("engine", where.software())
                .put("machine", where.machine());
        file.putObject("how")
                .put(
                        "evaluateMs",
                        measured.evaluate().how("from the start of the visit until the websocket is open")
                                + String.format(
                                        Locale.ROOT,
                                        "; in the browser %.1f ms of it came after the last script (median)",
                                        measured.scriptsMs()))
                .put("renderMs", measured.render().how("from the pulled document until document_ready is sent"));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
