package panelperf.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import panelperf.bokeh.Json;

/**
 * The HTML of one session's page.
 *
 * @param title as in the document
 * @param rootIds as in the document, in its order
 */
record Page(String title, List<String> rootIds) {
    /** What is the same in every page is put in once; the rest is cut where something goes in, and put together a page. */
    private static final List<String> TEMPLATE = List.of(Resource.text("page.html")
            .replace("{{style}}", StaticRoute.STYLE.url())
            .replace("{{icon}}", StaticRoute.ICON.url())
            .split("(?=\\{\\{)|(?<=\\}\\})", -1));

    Page {
        rootIds = List.copyOf(rootIds);
    }

    /**
     * The page with a place for each root.
     *
     * @param token with which it starts
     * @param files the elements that name the scripts that it runs, and what else it loads
     */
    String html(String token, String files) {
        ObjectNode places = Json.object();
        ArrayNode order = Json.array();
        StringBuilder roots = new StringBuilder();
        for (String id : rootIds) {
            // As Bokeh, which draws a random UUID; nothing but this page knows it, so one made of the id will do.
            String place = UUID.nameUUIDFromBytes((token + id).getBytes(StandardCharsets.UTF_8))
                    .toString();
            places.put(id, place);
            order.add(id);
            roots.append("<div id=\"")
                    .append(place)
                    .append("\" data-root-id=\"")
                    .append(escaped(id))
                    .append("\"></div>");
        }
        ObjectNode item = Json.object().put("token", token);
        item.set("roots", places);
        item.set("root_ids", order);
        item.put("use_for_title", false);
        StringBuilder html = new StringBuilder(4_096);
        for (String part : TEMPLATE) {
            switch (part) {
                case "{{title}}" -> html.append(escaped(title));
                case "{{files}}" -> html.append(files);
                case "{{roots}}" -> html.append(roots);
                case "{{render_items}}" ->
                    html.append(inScript(Json.text(Json.array().add(item))));
                default -> html.append(part);
            }
        }
        return html.toString();
    }

    /** JSON inside a script element must not end it. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
