package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * Changes of one document, to be sent as one patch. Each takes place at once: what is pulled afterwards shows it.
 *
 * <p>One thread's: the server's document loop, on which apps are handed them.
 */
public final class Changes {
    private final Document document;
    private final ArrayNode events = Json.array();

    /** None yet. */
    public Changes(Document document) {
        this.document = document;
    }

    /** Whether the document has this model now; deferred content that has not come, or has gone, is not there. */
    public boolean has(Model model) {
        return document.knows(model.id());
    }

    /**
     * Sets an attribute of a model, for example {@code text} of a {@code Div}.
     *
     * @throws IllegalArgumentException when the document has no such model
     */
    public void set(Model model, String attribute, JsonNode value) {
        set(model.id(), attribute, value);
    }

    /** The same with a text. */
    public void set(Model model, String attribute, String text) {
        set(model, attribute, TextNode.valueOf(text));
    }

    /** The same by the model's id. */
    public void set(String modelId, String attribute, JsonNode value) {
        add(document.set(modelId, attribute, value));
    }

    /** Gives a source other columns; see {@link Models#source}. */
    public void data(Model source, Data data) {
        add(document.setData(source.id(), data));
    }

    /** Gives a column or a row these children, in place of those it has. */
    public void children(Model parent, List<Model> children) {
        children(parent.id(), children);
    }

    /** The same by the parent's id. */
    public void children(String parentId, List<Model> children) {
        add(document.setChildren(parentId, children));
    }

    /** Takes a loader's spinner away. */
    public void loaded(Model loader) {
        loaded(loader.id());
    }

    /** The same by the loader's id. */
    public void loaded(String loaderId) {
        add(document.endLoading(loaderId));
    }

    private void add(ObjectNode patch) {
        patch.path("events").forEach(events::add);
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** The content of the {@code PATCH-DOC} that tells them all. */
    public ObjectNode content() {
        ObjectNode content = Json.object();
        content.set("events", events.deepCopy());
        return content;
    }
}
