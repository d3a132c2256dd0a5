package panelperf.bokeh;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A figure with one line, two axes and a grid: the models that {@code bokeh.plotting.figure} makes for it, without tools.
 *
 * @param title above it
 * @param x the source's column of the horizontal axis
 * @param xLabel the words below that axis
 * @param y the source's column of the vertical axis, which begins at 0
 * @param yLabel the words beside that axis
 * @param heightPx its height; its width is what there is
 */
public record LineFigure(String title, String x, String xLabel, String y, String yLabel, int heightPx) {
    /** These read equally well on white and on black; a canvas does not follow the page's colours. */
    private static final String INK = "#74808b";

    private static final String LINE = "#1f8fd1";

    Model model(Model source, Models models) {
        Model below = axis(xLabel, models);
        Model left = axis(yLabel, models);
        ObjectNode figure = Json.object().put("sizing_mode", "stretch_width").put("height", heightPx);
        figure.putNull("background_fill_color").putNull("border_fill_color").putNull("outline_line_color");
        figure.set("x_range", models.made("DataRange1d", Json.object().put("range_padding", 0)));
        figure.set("y_range", models.made("DataRange1d", Json.object().put("start", 0)));
        figure.set("x_scale", models.made("LinearScale"));
        figure.set("y_scale", models.made("LinearScale"));
        figure.set(
                "title", models.made("Title", Json.object().put("text", title).put("text_color", INK)));
        figure.putArray("renderers").add(renderer(source, models));
        figure.set("toolbar", models.made("Toolbar"));
        figure.putNull("toolbar_location");
        // A model is defined where it is first mentioned: the axes before their grids.
        figure.putArray("left").add(left.json());
        figure.putArray("below").add(below.json());
        figure.putArray("center").add(grid(below, 0, models)).add(grid(left, 1, models));
        return new Model("Figure", models.id(), figure);
    }

    private static Model axis(String label, Models models) {
        ObjectNode ticker = Json.object();
        ticker.putArray("mantissas").add(1).add(2).add(5);
        ObjectNode axis = Json.object().put("axis_label", label);
        axis.set("ticker", models.made("BasicTicker", ticker));
        axis.set("formatter", models.made("BasicTickFormatter"));
        axis.set("major_label_policy", models.made("AllLabels"));
        for (String text : new String[] {"axis_label_text_color", "major_label_text_color"}) {
            axis.put(text, INK);
        }
        for (String line : new String[] {"axis_line_color", "major_tick_line_color", "minor_tick_line_color"}) {
            axis.put(line, INK);
        }
        return new Model("LinearAxis", models.id(), axis);
    }

    private static ObjectNode grid(Model axis, int dimension, Models models) {
        ObjectNode grid = Json.object()
                .put("dimension", dimension)
                .put("grid_line_color", INK)
                .put("grid_line_alpha", 0.25);
        grid.set("axis", axis.reference());
        return models.made("Grid", grid);
    }

    private ObjectNode renderer(Model source, Models models) {
        ObjectNode renderer = Json.object();
        renderer.set("data_source", source.json());
        renderer.set("view", models.view());
        renderer.set("glyph", glyph(1, models));
        renderer.set("nonselection_glyph", glyph(0.1, models));
        renderer.set("muted_glyph", glyph(0.2, models));
        return models.made("GlyphRenderer", renderer);
    }

    private ObjectNode glyph(double alpha, Models models) {
        ObjectNode glyph = Json.object();
        glyph.putObject("x").put("type", "field").put("field", x);
        glyph.putObject("y").put("type", "field").put("field", y);
        glyph.put("line_color", LINE).put("line_alpha", alpha).put("line_width", 2);
        return models.made("Line", glyph);
    }
}
