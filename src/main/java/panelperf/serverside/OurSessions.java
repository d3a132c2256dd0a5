package panelperf.serverside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import panelperf.bokeh.Json;
import panelperf.run.RecordedSession;

/** The sessions of our own target, from its {@code /sessions.ndjson}. */
public final class OurSessions {
    private OurSessions() {}

    /**
     * Reads them.
     *
     * @param lines a JSON object each
     * @throws IllegalArgumentException when a line is none of a session
     */
    public static List<RecordedSession> read(String lines) {
        List<RecordedSession> sessions = new ArrayList<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> sessions.add(session(line)));
        return sessions;
    }

    private static RecordedSession session(String line) {
        JsonNode json;
        try {
            json = Json.read(line);
        } catch (JsonProcessingException e) {
            throw notOne(line);
        }
        if (!json.path("id").isTextual() || !json.path("createdMs").isNumber()) {
            throw notOne(line);
        }
        return new RecordedSession(
                RecordedSession.Source.OUR_TARGET,
                json.path("id").textValue(),
                json.path("createdMs").asDouble(),
                instant(json, "initialisedMs"),
                instant(json, "readyMs"),
                instant(json, "renderedMs"),
                instant(json, "closedMs"),
                instant(json, "destroyedMs"),
                List.of(),
                Optional.empty(),
                0);
    }

    private static OptionalDouble instant(JsonNode json, String field) {
        return json.path(field).isNumber() ? OptionalDouble.of(json.path(field).asDouble()) : OptionalDouble.empty();
    }

    private static IllegalArgumentException notOne(String line) {
        return new IllegalArgumentException("expected a session with id and createdMs, found '"
                + line.substring(0, Math.min(60, line.length())) + "'");
    }
}
