package panelperf.headless;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import panelperf.bokeh.PageScript;
import panelperf.transpile.CannotTranspile;
import panelperf.transpile.KeptScripts;

/** The page's own bundles, transpiled, on a browser whose gaps are filled by {@code shim.js}. */
final class FullEngine implements PageEngine {
    /** In an inline script: what HtmlUnit cannot parse, or takes for something else without a word. */
    private static final Pattern TOO_NEW =
            Pattern.compile("\\bclass\\b\\s*[\\w${]|\\basync\\b|\\.\\.\\.|\\bfor\\s*(await\\s*)?\\(\\s*(let|const)\\b");

    private static final CompiledScripts COMPILED = new CompiledScripts();

    private final KeptScripts kept;
    private final Set<String> ours;

    FullEngine(KeptScripts kept) {
        this.kept = kept;
        this.ours = scripts(true).keySet();
    }

    @Override
    public String name() {
        return "full";
    }

    @Override
    public boolean replaces(String path) {
        return false;
    }

    /** None: it evaluates for real. */
    @Override
    public Pacing pacing() {
        return Pacing.off();
    }

    @Override
    public Map<String, String> scripts(boolean steps) {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("websocket.js", Scripts.WEBSOCKET);
        scripts.put("shim.js", Scripts.SHIM);
        if (steps) {
            scripts.put("steps.js", Scripts.STEPS);
        }
        scripts.put("signs.js", PageScript.signs());
        scripts.put("watch.js", Scripts.WATCH);
        return scripts;
    }

    @Override
    public CompiledScripts compiled() {
        return COMPILED;
    }

    @Override
    public boolean runsBundles() {
        return true;
    }

    /** Files are transpiled; what lies in the page, or is made by a script, only where it must be: it is compiled anew each time. */
    @Override
    public String runnable(String name, String source, Consumer<String> made) throws CannotTranspile {
        if (isOurs(name) || (isInline(name) && !TOO_NEW.matcher(source).find())) {
            return source;
        }
        KeptScripts.Script script = isInline(name) ? kept.ofInline(name, source) : kept.of(name, source);
        if (script.made()) {
            made.accept(name);
        }
        return script.code();
    }

    private boolean isOurs(String name) {
        return name.equals("driver.js") || ours.contains(name);
    }

    /** HtmlUnit's name for a script that lies in a page, and ours for code that a script makes. */
    private static boolean isInline(String name) {
        return name.startsWith("script in ") || name.startsWith("code ");
    }
}
