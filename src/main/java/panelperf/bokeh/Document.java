package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
    private final Map<String, ObjectNode> definitions = new HashMap<>();

    /**
     * A document.
     *
     * @param roots in the order of the page's places for them
     * @param callbacks models that a client runs once it has drawn the page; may be empty
     * @throws IllegalArgumentException when a model is in it twice
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
        return definitions.containsKey(modelId);
    }

    /**
     * The class of a model, for example {@code Slider}.
     *
     * @throws IllegalArgumentException when the document has no such model
     */
    public String typeOf(String modelId) {
        return definition(modelId).path("name").asText();
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

    /**
     * Sets an attribute.
     *
     * @param value may hold models; those that the document has already stay as they are there
     * @return the content of the {@code PATCH-DOC} that tells it
     * @throws IllegalArgumentException when the document has no such model, or a model would be in it twice; it is
     *     unchanged then
     */
    public ObjectNode set(String modelId, String attribute, JsonNode value) {
        ObjectNode told = Json.object().put("kind", "ModelChanged");
        told.putObject("model").put("id", modelId);
        told.put("attr", attribute)
                .set("new", mapped(value, known -> Json.object().put("id", known)));
        keep(modelId, attribute, mapped(value, definitions::get));
        return patch(told);
    }

    /**
     * Gives a {@code ColumnDataSource} other columns.
     *
     * @return the content of the {@code PATCH-DOC} that tells it
     * @throws IllegalArgumentException when the document has no such model
     */
    public ObjectNode setData(String sourceId, Data data) {
        keep(sourceId, "data", data.json());
        ObjectNode told = Json.object().put("kind", "ColumnDataChanged");
        told.putObject("model").put("id", sourceId);
        told.put("attr", "data").set("data", data.json());
        told.putNull("cols");
        return patch(told);
    }

    private static ObjectNode patch(ObjectNode event) {
        ObjectNode content = Json.object();
        content.putArray("events").add(event);
        return content;
    }

    private void keep(String modelId, String attribute, JsonNode value) {
        ObjectNode attributes = (ObjectNode) definition(modelId).path("attributes");
        JsonNode before = attributes.get(attribute);
        attributes.set(attribute, value);
        try {
            index();
        } catch (IllegalArgumentException e) {
            attributes.set(attribute, before);
            index();
            throw e;
        }
    }

    private ObjectNode definition(String modelId) {
        ObjectNode definition = definitions.get(modelId);
        if (definition == null) {
            throw new IllegalArgumentException("patch of model '" + modelId
                    + "': expected a model of the document, found none; name one of " + definitions.keySet());
        }
        return definition;
    }

    /** A copy of the value in which another node stands for each model that the document has. */
    private JsonNode mapped(JsonNode value, Function<String, ? extends JsonNode> known) {
        if (isDefinition(value) && knows(value.path("id").asText())) {
            return known.apply(value.path("id").asText());
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(element -> copy.add(mapped(element, known)));
            return copy;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(field -> copy.set(field.getKey(), mapped(field.getValue(), known)));
            return copy;
        }
        return value;
    }

    private void index() {
        definitions.clear();
        index(roots);
        index(readyCallbacks);
    }

    private void index(JsonNode value) {
        if (isDefinition(value)) {
            String id = value.path("id").asText();
            if (definitions.put(id, (ObjectNode) value) != null) {
                throw new IllegalArgumentException("model '" + id
                        + "': expected it in one place of the document, found it in two; make a model for each");
            }
        }
        value.forEach(this::index);
    }

    private static boolean isDefinition(JsonNode value) {
        return value.path("type").asText().equals("object") && value.path("attributes") instanceof ObjectNode;
    }
}
