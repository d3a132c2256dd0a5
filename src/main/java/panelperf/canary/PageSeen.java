package panelperf.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.Loaders;

/**
 * What {@code watch.js} has seen of a page so far.
 *
 * @param status the document's HTTP status; 0 when it is not known
 * @param loaded whether the page is loaded
 * @param millis milliseconds since the start of the navigation, of what happened
 * @param loaders the page's loaders
 */
record PageSeen(int status, boolean loaded, Map<BrowserMilestone, Double> millis, Loaders loaders) {
    private static final Map<String, BrowserMilestone> NAMES = Map.of(
            "firstByte", BrowserMilestone.FIRST_BYTE,
            "fcp", BrowserMilestone.FCP,
            "lcp", BrowserMilestone.LCP,
            "scripts", BrowserMilestone.SCRIPTS,
            "open", BrowserMilestone.WS_OPEN,
            "pulled", BrowserMilestone.PULLED,
            "ready", BrowserMilestone.READY,
            "gone", BrowserMilestone.SPINNER_GONE);

    PageSeen {
        millis = Map.copyOf(millis);
    }

    static PageSeen nothing() {
        return new PageSeen(0, false, Map.of(), Loaders.none());
    }

    /**
     * Reads what the script tells.
     *
     * @param json null where the document has no script yet
     */
    static PageSeen of(@Nullable String json) {
        if (json == null) {
            return nothing();
        }
        JsonNode told;
        try {
            told = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the watching script tells what it saw in JSON of its own making", e);
        }
        Map<BrowserMilestone, Double> millis = new EnumMap<>(BrowserMilestone.class);
        NAMES.forEach((name, milestone) -> {
            if (told.path(name).isNumber()) {
                millis.put(milestone, told.path(name).asDouble());
            }
        });
        int seen = told.path("seen").asInt();
        return new PageSeen(
                told.path("status").asInt(),
                told.path("loaded").asBoolean(),
                millis,
                new Loaders(seen, Math.min(seen, told.path("left").asInt())));
    }

    boolean isAnswered() {
        return status == 0 || status / 100 == 2;
    }

    /** What it still waits for. */
    String waitingFor() {
        for (BrowserMilestone milestone : new BrowserMilestone[] {
            BrowserMilestone.FIRST_BYTE, BrowserMilestone.WS_OPEN, BrowserMilestone.PULLED, BrowserMilestone.READY
        }) {
            if (!millis.containsKey(milestone)) {
                return milestone.word();
            }
        }
        return BrowserMilestone.SPINNER_GONE.word();
    }
}
