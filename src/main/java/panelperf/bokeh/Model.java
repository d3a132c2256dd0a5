package panelperf.bokeh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A model as the wire has it at its first mention (bokeh/core/serialization.py).
 *
 * @param type a class that the client knows, for example {@code Column}
 * @param id unique in its document
 * @param attributes those that differ from the class's defaults; not to be changed afterwards
 */
public record Model(String type, String id, ObjectNode attributes) {
    /** The name of the root that shows whether the server is busy, in Panel's templates. */
    static final String BUSY_INDICATOR = "busy_indicator";

    private static final List<String> LOADER = List.of("pn-loading", "pn-arc");

    public Model {
        if (type.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException(
                    "model: expected a type and an id, found '" + type + "' and '" + id + "'; name both");
        }
    }

    /** A column of models; {@code Column} is Bokeh's own, so that every client knows it. */
    public static Model column(String id, String name, List<Model> children) {
        ObjectNode attributes = Json.object().put("name", name).put("sizing_mode", "stretch_width");
        attributes.set("children", array(children));
        return new Model("Column", id, attributes);
    }

    /** Markup; {@code Div} is Bokeh's own, and takes it as it is, without escapes. */
    public static Model div(String id, String html) {
        return new Model("Div", id, Json.object().put("text", html));
    }

    /** What Panel's templates show while the server works; it is no loader, and at rest (panel/widgets/indicators.py). */
    public static Model busyIndicator(String id) {
        ObjectNode attributes = Json.object().put("name", BUSY_INDICATOR).put("text", "");
        attributes.set("css_classes", busyClasses(false));
        return new Model("Div", id, attributes);
    }

    /**
     * Panel's model of the client's browser, which shows nothing: a client that draws it writes six of its properties back, a
     * message each (panel/models/browser.ts).
     */
    public static Model browserInfo(String id) {
        return new Model("panel.models.browser.BrowserInfo", id, Json.object().put("name", "browser_info"));
    }

    static ArrayNode busyClasses(boolean busy) {
        return busy
                ? Json.array().add("loader").add("spin").add("dark-light")
                : Json.array().add("loader").add("light");
    }

    /** JavaScript that a client runs. */
    public static Model customJs(String id, String code) {
        return new Model("CustomJS", id, Json.object().put("code", code));
    }

    /** The same model as a loader, which shows Panel's arc until its classes are taken away. */
    public Model loading() {
        ObjectNode loading = attributes.deepCopy();
        ArrayNode classes = loading.putArray("css_classes");
        LOADER.forEach(classes::add);
        return new Model(type, id, loading);
    }

    /** Its definition; a copy that may be changed. */
    public ObjectNode json() {
        ObjectNode json = Json.object().put("type", "object").put("name", type).put("id", id);
        json.set("attributes", attributes.deepCopy());
        return json;
    }

    /** How it is named where it was defined before. */
    ObjectNode reference() {
        return Json.object().put("id", id);
    }

    static ArrayNode array(List<Model> models) {
        ArrayNode array = Json.array();
        models.forEach(model -> array.add(model.json()));
        return array;
    }
}
