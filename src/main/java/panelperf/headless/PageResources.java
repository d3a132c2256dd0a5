package panelperf.headless;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page's HTML makes a browser fetch, and which of it our page script stands for. */
final class PageResources {
    private static final Pattern ELEMENT = Pattern.compile(
            "<script\\b[^>]*?\\bsrc\\s*=\\s*[\"']([^\"']+)[\"']|<img\\b[^>]*?\\bsrc\\s*=\\s*[\"']([^\"']+)[\"']|(<link\\b[^>]*>)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HREF =
            Pattern.compile("\\bhref\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);
    private static final Pattern REL = Pattern.compile("\\brel\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);

    /** Bundles of Bokeh, Panel and their extensions, by the files' names on Panel 1.3.8 to 1.9.4. */
    private static final Pattern REPLACED = Pattern.compile(
            ".*(bokeh|panel|mdc|material-components|notyf|tabulator|luxon|jspanel|gridstack|vega|plotly|echarts|deck|"
                    + "jquery|bootstrap|swiper|es-module|fast)[^/]*\\.js$|.*/static/(extensions|panelperf)/.*\\.js$",
            Pattern.CASE_INSENSITIVE);

    /** Without these a real browser has no Bokeh, and the page does not load. */
    private static final Pattern ESSENTIAL =
            Pattern.compile(".*/(bokeh(\\.min)?|panel(\\.min)?|page)\\.js$", Pattern.CASE_INSENSITIVE);

    /** What the pattern says of a path, which is asked three times for each file of each visit. */
    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 4096;

    /** The kinds of file that a page asks for. */
    enum Kind {
        SCRIPT,
        STYLE,
        OTHER
    }

    private PageResources() {}

    /** Whether our page script runs in place of the script at that path. */
    static boolean replaced(String path) {
        Boolean known = KNOWN.get(path);
        if (known != null) {
            return known;
        }
        boolean replaced = REPLACED.matcher(path).matches();
        if (KNOWN.size() < MOST_KNOWN) {
            KNOWN.put(path, replaced);
        }
        return replaced;
    }

    static boolean essential(String path) {
        return ESSENTIAL.matcher(path).matches();
    }

    /** The files that the page names, in their order, resolved against its URL; what is no URL is left out. */
    static Map<URI, Kind> of(URI page, String html) {
        Map<URI, Kind> files = new LinkedHashMap<>();
        Matcher element = ELEMENT.matcher(html);
        // By hand to the next tag: the pattern would try its alternatives at every character.
        int next;
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', next)) {
            next = at + 1;
            if (!element.region(at, html.length()).lookingAt()) {
                continue;
            }
            next = element.end();
            if (element.group(1) != null) {
                put(files, page, element.group(1), Kind.SCRIPT);
            } else if (element.group(2) != null) {
                put(files, page, element.group(2), Kind.OTHER);
            } else {
                link(files, page, element.group(3));
            }
        }
        return files;
    }

    private static void link(Map<URI, Kind> files, URI page, String tag) {
        Matcher rel = REL.matcher(tag);
        Matcher href = HREF.matcher(tag);
        if (rel.find() && href.find()) {
            if (rel.group(1).equalsIgnoreCase("stylesheet")) {
                put(files, page, href.group(1), Kind.STYLE);
            } else if (rel.group(1).equalsIgnoreCase("icon")) {
                put(files, page, href.group(1), Kind.OTHER);
            }
        }
    }

    private static void put(Map<URI, Kind> files, URI page, String reference, Kind kind) {
        try {
            URI url = page.resolve(reference.replace("&amp;", "&").trim());
            if ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) {
                files.putIfAbsent(url, kind);
            }
        } catch (IllegalArgumentException e) {
            return; // no URL: a browser asks for nothing either
        }
    }
}
