package panelperf.target;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scripts that a page carries: our own, or the published ones of BokehJS.
 *
 * @param files in the order in which a page runs them; never empty
 */
public record PageScripts(List<StaticRoute> files) {
    public PageScripts {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "scripts of a page: expected at least one, found none; name those that draw");
        }
    }

    /** Our page script, which is all that our apps need. */
    public static PageScripts own() {
        return new PageScripts(List.of(StaticRoute.SCRIPT));
    }

    /**
     * The published files of BokehJS, read once.
     *
     * @param directory holds {@code bokeh.min.js} and its bundles for widgets and tables
     * @throws BokehJsFiles.Unusable when one is missing, too large, or of another version than 3.3
     */
    public static PageScripts bokehJs(Path directory) throws BokehJsFiles.Unusable {
        return new PageScripts(BokehJsFiles.read(directory));
    }

    /** The elements that load them. */
    String html() {
        return files.stream()
                .map(file -> "<script type=\"text/javascript\" src=\"" + file.url() + "\"></script>")
                .collect(Collectors.joining("\n    "));
    }
}
