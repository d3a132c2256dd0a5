package panelperf.headless;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import panelperf.bokeh.PageScript;

/**
 * Our page script in place of the bundles of BokehJS and Panel.
 *
 * @param pacing the time that the bundles would take
 */
record LightEngine(Pacing pacing) implements PageEngine {
    private static final CompiledScripts COMPILED = new CompiledScripts();

    @Override
    public String name() {
        return "light";
    }

    @Override
    public boolean replaces(String path) {
        return PageResources.replaced(path);
    }

    @Override
    public Map<String, String> scripts(boolean steps) {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("websocket.js", Scripts.WEBSOCKET);
        if (steps) {
            scripts.put("steps.js", Scripts.STEPS);
        }
        scripts.put("page.js", PageScript.source());
        return scripts;
    }

    @Override
    public CompiledScripts compiled() {
        return COMPILED;
    }

    /** The page script reads past buffers, and tells of its failures itself. */
    @Override
    public boolean runsBundles() {
        return false;
    }

    @Override
    public String runnable(String name, String source, Consumer<String> made) {
        return source;
    }
}
