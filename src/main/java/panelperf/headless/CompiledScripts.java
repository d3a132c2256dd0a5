package panelperf.headless;

import java.util.LinkedHashMap;
import java.util.Map;
import org.htmlunit.corejs.javascript.Script;
import org.jspecify.annotations.Nullable;

/**
 * Compiled scripts by their text, least recently used out first. A text is kept from its second sight on: the
 * starting script carries a new token in every page, and would fill the place with what never comes again.
 */
final class CompiledScripts {
    private static final int MOST = 512;
    private static final int REMEMBERED = 4096;

    private final int[] seen = new int[REMEMBERED];
    private final Map<String, Script> scripts = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
            return size() > MOST;
        }
    };

    synchronized @Nullable Script get(String source) {
        return scripts.get(source);
    }

    synchronized void seen(String source, Script compiled) {
        int hash = source.hashCode();
        int place = Math.floorMod(hash, REMEMBERED);
        if (seen[place] == hash) {
            scripts.put(source, compiled);
        }
        seen[place] = hash;
    }
}
