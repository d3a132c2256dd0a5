package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a client's {@code PATCH-DOC} asks for (bokeh/document/events.py, bokeh/document/document.py {@code
 * apply_json_patch}).
 *
 * @param documentReady whether it says that the page is drawn
 * @param assignments the attributes that it sets, in order; each of a model that the document has
 */
public record ClientPatch(boolean documentReady, List<Assignment> assignments) {
    private static final Set<String> OF_A_MODEL =
            Set.of("ModelChanged", "ColumnDataChanged", "ColumnsStreamed", "ColumnsPatched");
    private static final Set<String> OF_THE_DOCUMENT = Set.of("RootAdded", "RootRemoved", "TitleChanged");

    public ClientPatch {
        assignments = List.copyOf(assignments);
    }

    /** One attribute that a client would set; its value may be anything that is JSON. */
    public record Assignment(String modelId, String attribute, JsonNode value) {}

    /**
     * Reads a patch and checks it against the document.
     *
     * @throws Refused when it has no events, one of an unknown kind, or one for a model that is not there
     */
    public static ClientPatch read(JsonNode content, Document document) throws Refused {
        JsonNode events = content.path("events");
        if (!events.isArray()) {
            throw new Refused("KeyError('events')");
        }
        boolean ready = false;
        List<Assignment> assignments = new ArrayList<>();
        for (JsonNode event : events) {
            String kind = event.path("kind").asText("");
            if (kind.equals("MessageSent")) {
                ready |= saysReady(event);
            } else if (OF_A_MODEL.contains(kind)) {
                checkModel(event, document);
                if (kind.equals("ModelChanged")) {
                    assignments.add(assignment(event));
                }
            } else if (!OF_THE_DOCUMENT.contains(kind)) {
                throw new Refused("RuntimeError(\"unknown patch event type " + quoted(kind) + "\")");
            }
        }
        return new ClientPatch(ready, assignments);
    }

    private static Assignment assignment(JsonNode event) {
        return new Assignment(
                event.path("model").path("id").asText(), event.path("attr").asText(), event.path("new"));
    }

    private static boolean saysReady(JsonNode event) {
        return event.path("msg_type").asText().equals("bokeh_event")
                && event.path("msg_data").path("name").asText().equals("document_ready");
    }

    private static void checkModel(JsonNode event, Document document) throws Refused {
        String id = event.path("model").path("id").asText("");
        if (!document.knows(id)) {
            throw new Refused("UnknownReferenceError(\"can't resolve reference " + quoted(id) + "\")");
        }
    }

    /** As much of a client's word as an answer repeats. */
    public static String quoted(String word) {
        return "'" + (word.length() <= 64 ? word : word.substring(0, 64) + "…") + "'";
    }

    /** A patch that cannot be applied; the answer is {@code ERROR}, and the socket stays open. */
    public static final class Refused extends Exception {
        /** Says why, in the words of Bokeh's server. */
        public Refused(String text) {
            super(text, null, false, false);
        }

        /** What the answer says, in the words of Bokeh's server. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }
}
