package panelperf.bokeh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A model as the wire has it at its first mention (bokeh/core/serialization.py).
 *
 * @param type a class that the client knows, for example {@code Column}
 * @param id unique in its document
 * @param attributes those that differ from the class's defaults
 */
public record Model(String type, String id, ObjectNode attributes) {
    private static final List<String> LOADER = List.of("pn-loading", "pn-arc");

    /** A column of models; {@code Column} is Bokeh's own, so that every client knows it. */
    public static Model column(String id, String name, Model... children) {
        ObjectNode attributes = Json.object().put("name", name);
        attributes.set("children", array(List.of(children)));
        return new Model("Column", id, attributes);
    }

    /** Markup; {@code Div} is Bokeh's own. */
    public static Model div(String id, String html) {
        return new Model("Div", id, Json.object().put("text", html));
    }

    /** The same model as a loader, which shows Panel's arc until its classes are taken away. */
    public Model loading() {
        ObjectNode loading = attributes.deepCopy();
        var classes = loading.putArray("css_classes");
        LOADER.forEach(classes::add);
        return new Model(type, id, loading);
    }

    /** Its definition. */
    public ObjectNode json() {
        ObjectNode json = Json.object().put("type", "object").put("name", type).put("id", id);
        json.set("attributes", attributes);
        return json;
    }

    static com.fasterxml.jackson.databind.node.ArrayNode array(List<Model> models) {
        var array = Json.array();
        models.forEach(model -> array.add(model.json()));
        return array;
    }
}
