package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session's document: a title, models that hang on roots, and what a client runs when it has drawn them
 * (bokeh/document/document.py).
 *
 * <p>What is changed here is what a later pull shows, so a second socket sees what the first was sent as patches. One
 * thread's: the server's document loop.
 */
public final class Document {
    /** The version of Bokeh whose protocol this is. */
    public static final String VERSION = "3.3.4";

    private final String title;
    private final ArrayNode roots;
    private final ArrayNode readyCallbacks = Json.array();
    private final Map<String, ObjectNode> attributesById = new HashMap<>();

    /**
     * A document.
     *
     * @param roots in the order of the page's places for them
     * @param callbacks models that a client runs once it has drawn the page; may be empty
     */
    public Document(String title, List<Model> roots, List<Model> callbacks) {
        this.title = title;
        this.roots = Model.array(roots);
        callbacks.forEach(callback -> readyCallbacks.add(callback.json()));
        index();
    }

    /** The page's title. */
    public String title() {
        return title;
    }

    /** The roots' ids, in order. */
    public List<String> rootIds() {
        return roots.valueStream().map(root -> root.path("id").asText()).toList();
    }

    /** Shows one model more, after the others. */
    public void addRoot(Model root) {
        roots.add(root.json());
        index();
    }

    /**
     * Turns the busy indicator.
     *
     * @return the content of the {@code PATCH-DOC} that tells it; empty when the document has no such root
     */
    public Optional<ObjectNode> showBusy(boolean busy) {
        return roots.valueStream()
                .filter(root -> root.path("attributes").path("name").asText().equals(Model.BUSY_INDICATOR))
                .findFirst()
                .map(root -> set(root.path("id").asText(), "css_classes", Model.busyClasses(busy)));
    }

    /** Whether a client may speak of a model by this id. */
    public boolean knows(String modelId) {
        return attributesById.containsKey(modelId);
    }

    /** The content of {@code PULL-DOC-REPLY}, a copy: another thread may write it. */
    public ObjectNode pulled() {
        ObjectNode callbacks = Json.object().put("type", "map");
        ArrayNode entries = callbacks.putArray("entries");
        if (!readyCallbacks.isEmpty()) {
            entries.add(Json.array().add("document_ready").add(readyCallbacks.deepCopy()));
        }
        ObjectNode doc = Json.object().put("version", VERSION).put("title", title);
        doc.set("roots", roots.deepCopy());
        doc.set("defs", Json.array());
        doc.set("callbacks", callbacks);
        ObjectNode content = Json.object();
        content.set("doc", doc);
        return content;
    }

    /**
     * Gives a model these children.
     *
     * @return the content of the {@code PATCH-DOC} that tells it
     * @throws IllegalArgumentException when the document has no such model
     */
    public ObjectNode setChildren(String modelId, List<Model> children) {
        return set(modelId, "children", Model.array(children));
    }

    /**
     * Takes a loader's classes away.
     *
     * @return the content of the {@code PATCH-DOC} that tells it
     * @throws IllegalArgumentException when the document has no such model
     */
    public ObjectNode endLoading(String modelId) {
        return set(modelId, "css_classes", Json.array());
    }

    private ObjectNode set(String modelId, String attribute, JsonNode value) {
        ObjectNode attributes = attributesById.get(modelId);
        if (attributes == null) {
            throw new IllegalArgumentException("patch of model '" + modelId
                    + "': expected a model of the document, found none; name one of " + attributesById.keySet());
        }
        attributes.set(attribute, value);
        index();

        ObjectNode event = Json.object().put("kind", "ModelChanged");
        event.putObject("model").put("id", modelId);
        event.put("attr", attribute).set("new", value.deepCopy());
        ObjectNode content = Json.object();
        content.putArray("events").add(event);
        return content;
    }

    private void index() {
        attributesById.clear();
        index(roots);
        index(readyCallbacks);
    }

    private void index(JsonNode value) {
        if (value.path("type").asText().equals("object") && value.path("attributes") instanceof ObjectNode attributes) {
            attributesById.put(value.path("id").asText(), attributes);
        }
        value.forEach(this::index);
    }
}
