package panelperf.visit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a browser made of a page's document when it had just pulled it.
 *
 * @param title the document's
 * @param template Panel's name for the page's template, {@code none} when it is none of Panel's
 * @param roots the names of its roots' models, in order
 * @param models how many of each model are shown, by name
 * @param blank how many of them are shown as an empty box, by name
 */
public record Drawn(
        String title, String template, List<String> roots, Map<String, Integer> models, Map<String, Integer> blank) {
    public Drawn {
        roots = List.copyOf(roots);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        blank = Collections.unmodifiableMap(new LinkedHashMap<>(blank));
    }
}
