package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Makes the models that our apps are built of, each with an id of its own. All are Bokeh's own (bokeh/models), so that
 * every client knows them, and their attributes are those that {@code bokeh.plotting} writes.
 *
 * <p>Safe for many threads when the supplier is: deferred content is made on the render pool.
 */
public final class Models {
    /**
     * Takes the body's loader away, in the words of Panel's own callback (panel/io/server.py). BokehJS runs it; the page
     * script knows its shape.
     */
    private static final String BODY_LOADED = """
            const body = document.getElementsByTagName('body')[0]
            body.classList.remove('pn-loading', 'pn-arc')
            """;

    /** A model's children lie in its shadow root, where the page's style sheets do not reach. */
    private static final String LOADER_STYLE = PageScript.read("loader.css");

    private static final String TABLE_STYLE = PageScript.read("table.css");
    private static final String SLIDER_STYLE = PageScript.read("slider.css");

    private static final String BAR = "#1f8fd1";

    /** Children side by side, and below one another where the page is narrow. */
    private static final int NARROWEST_CHILD_PX = 300;

    private final Supplier<String> ids;

    /**
     * Models of one server.
     *
     * @param ids new ids, never used before
     */
    public Models(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * A column of a table.
     *
     * @param field which column of its source
     * @param decimals how many a number is shown with; empty where the column is texts
     */
    public record Heading(String field, String title, OptionalInt decimals) {
        /** A column of texts. */
        public static Heading texts(String field, String title) {
            return new Heading(field, title, OptionalInt.empty());
        }

        /** A column of numbers, which stand to the right. */
        public static Heading numbers(String field, String title, int decimals) {
            return new Heading(field, title, OptionalInt.of(decimals));
        }
    }

    /** A new id, for a model made by hand. */
    public String id() {
        return ids.get();
    }

    /** A document with these roots, below one another, whose page stops to load once it is drawn. */
    public Document document(String title, Model... roots) {
        return new Document(title, List.of(roots), List.of(bodyLoaded()));
    }

    /** What takes the spinner of the whole page away. */
    public Model bodyLoaded() {
        return Model.customJs(ids.get(), BODY_LOADED);
    }

    /** Models below one another. */
    public Model column(Model... children) {
        String id = ids.get();
        return Model.column(id, "column-" + id, List.of(children));
    }

    /** Models side by side, where the page is wide enough. */
    public Model row(Model... children) {
        ObjectNode attributes = Json.object().put("sizing_mode", "stretch_width");
        attributes.set("styles", styles("flex-wrap", "wrap", "gap", "0 24px"));
        ArrayNode array = attributes.putArray("children");
        for (Model child : List.of(children)) {
            ObjectNode json = child.json();
            ((ObjectNode) json.path("attributes"))
                    .set("styles", styles("flex", "1 1 " + NARROWEST_CHILD_PX + "px", "min-width", "0"));
            array.add(json);
        }
        return new Model("Row", ids.get(), attributes);
    }

    private static JsonNode styles(String... namesAndValues) {
        ObjectNode map = Json.object().put("type", "map");
        ArrayNode entries = map.putArray("entries");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.add(Json.array().add(namesAndValues[i]).add(namesAndValues[i + 1]));
        }
        return map;
    }

    /** A column with a spinner and nothing else, for content that comes later. */
    public Model loader() {
        return styled(column(div("<pre> </pre>")).loading(), LOADER_STYLE);
    }

    private static Model styled(Model model, String style) {
        ObjectNode attributes = model.attributes().deepCopy();
        attributes.putArray("stylesheets").add(style);
        return new Model(model.type(), model.id(), attributes);
    }

    /** Markup, taken as it is: escape what comes from outside. */
    public Model div(String html) {
        ObjectNode attributes = Json.object().put("text", html).put("sizing_mode", "stretch_width");
        return new Model("Div", ids.get(), attributes);
    }

    /**
     * A slider. Its {@code value} follows the hand, its {@code value_throttled} the hand's rest.
     *
     * @param step the distance between two values; more than 0
     */
    public Model slider(String title, double start, double end, double step, double value) {
        boolean sound = start < end && step > 0 && start <= value && value <= end;
        if (!sound) {
            throw new IllegalArgumentException(
                    "slider '" + title + "': expected start <= value <= end and a step above 0," + " found " + start
                            + ", " + value + ", " + end + " and " + step);
        }
        ObjectNode attributes = Json.object()
                .put("sizing_mode", "stretch_width")
                .put("title", title)
                .put("start", start)
                .put("end", end)
                .put("value", value)
                .put("step", step)
                .put("bar_color", BAR);
        return styled(new Model("Slider", ids.get(), attributes), SLIDER_STYLE);
    }

    /** Columns of numbers and texts, which a table or a figure shows. */
    public Model source(Data data) {
        ObjectNode selected = Json.object();
        selected.putArray("indices");
        selected.putArray("line_indices");
        ObjectNode attributes = Json.object();
        attributes.set("selected", new Model("Selection", ids.get(), selected).json());
        attributes.set("selection_policy", made("UnionRenderers"));
        attributes.set("data", data.json());
        return new Model("ColumnDataSource", ids.get(), attributes);
    }

    /**
     * A table.
     *
     * @param source made by {@link #source}, for this table alone
     */
    public Model table(Model source, int heightPx, List<Heading> headings) {
        ObjectNode attributes =
                Json.object().put("sizing_mode", "stretch_width").put("height", heightPx);
        attributes.set("source", source.json());
        attributes.set("view", view());
        ArrayNode columns = attributes.putArray("columns");
        headings.forEach(heading -> columns.add(column(heading)));
        attributes.putNull("index_position");
        // It would ask for jQuery UI, which BokehJS does not bring.
        attributes.put("reorderable", false);
        return styled(new Model("DataTable", ids.get(), attributes), TABLE_STYLE);
    }

    private ObjectNode column(Heading heading) {
        ObjectNode attributes = Json.object().put("field", heading.field()).put("title", heading.title());
        attributes.set("formatter", formatter(heading));
        attributes.set("editor", made("StringEditor"));
        return made("TableColumn", attributes);
    }

    private ObjectNode formatter(Heading heading) {
        if (heading.decimals().isEmpty()) {
            return made("StringFormatter");
        }
        int decimals = heading.decimals().getAsInt();
        String format = decimals == 0 ? "0" : "0." + "0".repeat(decimals);
        return made("NumberFormatter", Json.object().put("text_align", "right").put("format", format));
    }

    /**
     * A figure with one line.
     *
     * @param source made by {@link #source}, for this figure alone
     */
    public Model line(Model source, LineFigure figure) {
        return figure.model(source, this);
    }

    /** A model that has only its defaults. */
    ObjectNode made(String type) {
        return made(type, Json.object());
    }

    ObjectNode made(String type, ObjectNode attributes) {
        return new Model(type, ids.get(), attributes).json();
    }

    /** All rows of a source. */
    ObjectNode view() {
        ObjectNode attributes = Json.object();
        attributes.set("filter", made("AllIndices"));
        return made("CDSView", attributes);
    }
}
