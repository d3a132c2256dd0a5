package panelperf.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published files of BokehJS. They are read when the server starts and served from memory: what a client names is
 * looked up among these three, so no path of its making reaches the disk.
 */
public final class BokehJsFiles {
    /** In the order in which they need one another (bokeh/resources.py). */
    private static final List<String> NAMES = List.of("bokeh.min.js", "bokeh-widgets.min.js", "bokeh-tables.min.js");

    /** Twenty times what they have. */
    private static final int LARGEST = 20 * 1024 * 1024;

    private static final String FOLDER = "/static/js/";
    /** In {@code bokeh.min.js}, and in the first lines of a bundle. */
    private static final Pattern VERSION =
            Pattern.compile("(?:\\bversion=|\\(root\\[\"Bokeh\"\\], )\"([0-9A-Za-z.+-]{1,40})\"");

    private static final Pattern SUPPORTED = Pattern.compile("3\\.3\\.\\d+");

    private BokehJsFiles() {}

    /** Files that cannot be served; one sentence. */
    public static final class Unusable extends Exception {
        Unusable(String sentence) {
            super(sentence, null, false, false);
        }
    }

    static List<StaticRoute> read(Path directory) throws Unusable {
        List<StaticRoute> routes = new ArrayList<>();
        String common = "";
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            byte[] content = content(file);
            String version = version(file, content);
            if (!common.isEmpty() && !version.equals(common)) {
                throw new Unusable(file + ": expected version " + common + ", as " + NAMES.get(0) + " has, found "
                        + version + "; take all files from one release");
            }
            common = version;
            routes.add(new StaticRoute(FOLDER, name, "application/javascript", content));
        }
        return routes;
    }

    private static byte[] content(Path file) throws Unusable {
        if (!Files.isRegularFile(file)) {
            throw new Unusable(file + ": expected a file of BokehJS 3.3, found none; name the directory that holds "
                    + String.join(", ", NAMES) + " (in Bokeh's Python package: bokeh/server/static/js)");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new Unusable(file + ": expected at most " + LARGEST + " bytes, found more; is it BokehJS?");
            }
            return content;
        } catch (IOException e) {
            throw new Unusable(file + " cannot be read: " + e.getMessage() + "; make it readable");
        }
    }

    private static String version(Path file, byte[] content) throws Unusable {
        Matcher version = VERSION.matcher(new String(content, StandardCharsets.UTF_8));
        if (!version.find()) {
            throw new Unusable(
                    file + ": expected a file of BokehJS 3.3, found no version in it; take the published file");
        }
        if (!SUPPORTED.matcher(version.group(1)).matches()) {
            throw new Unusable(file + ": expected version 3.3.x of BokehJS, found " + version.group(1)
                    + "; take the files of Bokeh 3.3.4");
        }
        return version.group(1);
    }
}
