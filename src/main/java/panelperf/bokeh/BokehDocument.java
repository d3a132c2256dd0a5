package panelperf.bokeh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a document and its changes look like on the wire (bokeh/document). */
public final class BokehDocument {
    /** The version of Bokeh whose protocol this is. */
    public static final String VERSION = "3.3.4";

    private BokehDocument() {}

    /**
     * The answer to {@code PULL-DOC-REQ}.
     *
     * @param roots in the order of the page's places for them
     * @param whenReady JavaScript that a client runs once it has drawn the page
     */
    public static ObjectNode pulled(String title, List<Model> roots, String whenReady) {
        ObjectNode callback = new Model("CustomJS", "ready", Json.object().put("code", whenReady)).json();
        ArrayNode entry = Json.array().add("document_ready").add(Json.array().add(callback));
        ObjectNode callbacks = Json.object().put("type", "map");
        callbacks.set("entries", Json.array().add(entry));

        ObjectNode doc = Json.object().put("version", VERSION).put("title", title);
        doc.set("roots", Model.array(roots));
        doc.set("defs", Json.array());
        doc.set("callbacks", callbacks);
        ObjectNode content = Json.object();
        content.set("doc", doc);
        return content;
    }

    /** A patch that gives a model these children. */
    public static ObjectNode childrenChanged(String modelId, List<Model> children) {
        ObjectNode event = changed(modelId, "children");
        event.set("new", Model.array(children));
        return patch(event);
    }

    /** A patch that takes a loader's classes away. */
    public static ObjectNode loaderGone(String modelId) {
        ObjectNode event = changed(modelId, "css_classes");
        event.set("new", Json.array());
        return patch(event);
    }

    private static ObjectNode changed(String modelId, String attribute) {
        ObjectNode event = Json.object().put("kind", "ModelChanged");
        event.set("model", Json.object().put("id", modelId));
        return event.put("attr", attribute);
    }

    private static ObjectNode patch(ObjectNode event) {
        ObjectNode content = Json.object();
        content.set("events", Json.array().add(event));
        return content;
    }
}
