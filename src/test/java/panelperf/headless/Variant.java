package panelperf.headless;

import java.util.List;
import java.util.stream.Stream;

/**
 * One page of {@code variants.py} or {@code plain/}, and what the engines must make of it.
 *
 * @param path below the server
 * @param plainBokeh whether {@code bokeh serve} serves it
 * @param answer of the light engine: {@code loaded}; the cause of a failed visit; or what a visit is still waiting for at its deadline
 * @param loaders how many loaders are seen at the least
 * @param full what the full engine comes to
 */
record Variant(String path, boolean plainBokeh, String answer, int loaders, String full) {
    private static final List<Variant> EVERYWHERE = List.of(
            panel("material", "loaded", 1),
            panel("fast-list", "loaded", 1),
            panel("bootstrap", "loaded", 1),
            panel("vanilla", "loaded", 1),
            panel("react", "loaded", 1),
            panel("bare", "loaded", 1),
            panel("several-roots", "loaded", 2),
            panel("several-panes", "loaded", 4),
            panel("nested", "loaded", 3),
            panel("tabs", "loaded", 2),
            panel("dynamic-tabs", "loaded", 1),
            panel("comes-and-goes", "loaded", 2),
            panel("loading-from-the-start", "loaded", 1),
            panel("never-loads", "spinner_gone", 1),
            panel("tables", "loaded", 2),
            panel("figure-streaming", "loaded", 1),
            panel("dashboard", "loaded", 5),
            panel("widgets", "loaded", 0),
            panel("html-scripts", "loaded", 1),
            panel("notifications", "loaded", 1),
            panel("onload", "loaded", 0),
            panel("periodic-text", "loaded", 0),
            panel("periodic-layout", "loaded", 0),
            panel("periodic-and-deferred", "loaded", 1),
            panel("deferred-raises", "render_failed", 1),
            panel("script-raises", "app_error", 0),
            // Nothing in the page tells: it is in the server's log alone.
            panel("script-raises-late", "loaded", 0),
            panel("query?name=Ada", "loaded", 1),
            panel("told", "loaded", 1),
            panel("own-component", "loaded", 1),
            panel("own-loader", "unsupported", 0, "loaded"),
            panel("script-loader", "unsupported", 0, "loaded"),
            panel("documents/framed.html", "unsupported", 0),
            panel("documents/embedded.html", "unsupported", 0),
            panel("documents/plain.html", "not_panel", 0),
            new Variant("roots", true, "loaded", 0, "loaded"),
            new Variant("stream", true, "loaded", 0, "loaded"),
            new Variant("raises", true, "app_error", 0, "app_error"));

    private static final List<Variant> OF_THE_STUDY = List.of(
            panel("documents/saved.html", "loaded", 0),
            panel("cards", "loaded", 1),
            panel("page-raises", "status_500", 0),
            // The link that Panel 1.3.8 makes sets the loader whatever the value is.
            panel("linked-loader", "unsupported", 0, "spinner_gone"));

    private static final List<Variant> OF_THE_NEWEST = List.of(
            // Saved with panel-material-ui, it has a module of its own.
            panel("documents/saved.html", "loaded", 0, "unsupported"),
            panel("cards", "loaded", 2),
            panel("page-raises", "app_error", 0),
            // Panel 1.9.4 sends a link to nothing, so that no loader ever comes.
            panel("linked-loader", "loaded", 0),
            panel("own-module", "loaded", 1, "unsupported"),
            panel("own-module-loader", "unsupported", 0),
            panel("material-ui", "loaded", 1, "unsupported"),
            panel("material-ui-loader", "unsupported", 0));

    private static Variant panel(String path, String answer, int loaders) {
        return panel(path, answer, loaders, answer);
    }

    /** One of which the full engine, which runs its scripts, makes something else. */
    private static Variant panel(String path, String answer, int loaders, String full) {
        return new Variant(path, false, answer, loaders, full);
    }

    static List<Variant> of(Release release) {
        return Stream.concat(EVERYWHERE.stream(), (release == Release.STUDY ? OF_THE_STUDY : OF_THE_NEWEST).stream())
                .toList();
    }
}
