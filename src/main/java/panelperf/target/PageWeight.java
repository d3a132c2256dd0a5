package panelperf.target;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import panelperf.session.Knobs;

/**
 * Files that a page names beside its own, so that it weighs what a page of Panel's does. Each is a comment and nothing else.
 *
 * <p>Sizes in bytes are those of what Panel 1.3.8 with Bokeh 3.3.4 serves for a page in its Material template; small files
 * that it serves are part of larger ones here, so that the page asks for twelve in all, its own among them, as Panel's does.
 */
final class PageWeight {
    private static final List<StaticRoute> STYLES =
            List.of(style("icons", 59_305), style("material", 323_648), style("template", 13_110));
    private static final List<StaticRoute> SCRIPTS = List.of(
            script("bokeh", 994_008),
            script("bokeh-widgets", 307_080),
            script("bokeh-tables", 509_001),
            script("panel", 355_215),
            script("material", 335_243));

    private final List<StaticRoute> styles;
    private final List<StaticRoute> scripts;

    private PageWeight(List<StaticRoute> styles, List<StaticRoute> scripts) {
        this.styles = styles;
        this.scripts = scripts;
    }

    static PageWeight of(Knobs.Files files) {
        return switch (files) {
            case NONE -> new PageWeight(List.of(), List.of());
            case PANEL -> new PageWeight(STYLES, SCRIPTS);
        };
    }

    /** What is to be served for the page. */
    Stream<StaticRoute> files() {
        return Stream.concat(styles.stream(), scripts.stream());
    }

    /** The elements that name the files, styles first, as in Panel's page. */
    String elements() {
        return Stream.concat(
                        styles.stream().map(file -> "<link rel=\"stylesheet\" href=\"" + file.url() + "\">"),
                        scripts.stream().map(file -> "<script src=\"" + file.url() + "\"></script>"))
                .map(element -> element + "\n    ")
                .collect(Collectors.joining());
    }

    private static StaticRoute style(String name, int bytes) {
        return StaticRoute.filler("weight-" + name + ".css", "text/css", bytes);
    }

    private static StaticRoute script(String name, int bytes) {
        return StaticRoute.filler("weight-" + name + ".js", "application/javascript", bytes);
    }
}
