package panelperf.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a client has to know of a page's document to see that it is complete. A document's models need not be reachable: no
 * page that is measured takes a loader away without ending it.
 *
 * @param version of Bokeh, as the document names it
 * @param loaders ids of models that show that their content is still coming
 * @param browserInfo the model that a browser describes itself to
 * @param busy the model that shows that the server is busy
 */
record Drawing(Optional<String> version, Set<String> loaders, Optional<String> browserInfo, Optional<String> busy) {
    private static final String LOADING = "pn-loading";

    Drawing {
        loaders = Set.copyOf(loaders);
    }

    static Drawing empty() {
        return new Drawing(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }

    static Drawing of(JsonNode doc) {
        Set<String> loaders = new HashSet<>();
        collect(doc, loaders);
        return new Drawing(
                Optional.ofNullable(doc.path("version").textValue()),
                loaders,
                root(doc, "name", "browser_info"),
                root(doc, "name", "busy_indicator"));
    }

    private static void collect(JsonNode value, Set<String> loaders) {
        if (value.path("type").asText().equals("object")
                && isLoading(value.path("attributes").path("css_classes"))) {
            loaders.add(value.path("id").asText());
        }
        value.forEach(child -> collect(child, loaders));
    }

    private static boolean isLoading(JsonNode classes) {
        return classes.valueStream().anyMatch(name -> name.asText().equals(LOADING));
    }

    private static Optional<String> root(JsonNode doc, String attribute, String value) {
        return doc.path("roots")
                .valueStream()
                .filter(root -> root.path("attributes").path(attribute).asText().equals(value))
                .map(root -> root.path("id").asText())
                .findFirst();
    }

    /** The drawing after a patch. */
    Drawing patched(JsonNode content) {
        Set<String> left = new HashSet<>(loaders);
        for (JsonNode event : content.path("events")) {
            JsonNode value = event.path("new");
            if (changes(event, "css_classes")) {
                String model = model(event);
                left.remove(model);
                if (isLoading(value)) {
                    left.add(model);
                }
            }
            collect(value, left);
        }
        return new Drawing(version, left, browserInfo, busy);
    }

    /** Whether a patch brings a loader's content. */
    boolean fills(JsonNode content) {
        return content.path("events")
                .valueStream()
                .anyMatch(event -> changes(event, "children") && loaders.contains(model(event)));
    }

    /** Whether a message turns the busy indicator. */
    boolean turnsBusy(JsonNode content) {
        return busy.isPresent()
                && content.path("events")
                        .valueStream()
                        .anyMatch(event ->
                                changes(event, "css_classes") && model(event).equals(busy.get()));
    }

    private static boolean changes(JsonNode event, String attribute) {
        return event.path("attr").asText().equals(attribute);
    }

    private static String model(JsonNode event) {
        return event.path("model").path("id").asText();
    }
}
