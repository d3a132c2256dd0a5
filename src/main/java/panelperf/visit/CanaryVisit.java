package panelperf.visit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One real browser opening one page beside the load. It is no {@link Visit}: nothing that is judged counts it.
 *
 * @param startedMs when the navigation was asked for, milliseconds since the Unix epoch
 * @param durationMs from then to the end
 * @param outcome how it ended
 * @param millis what the browser saw, in milliseconds since the start of the navigation; what did not happen is absent;
 *     immutable
 * @param loaders the page's loaders
 * @param browser the browser's name and version
 * @param driver the name and version of what drove it
 */
public record CanaryVisit(
        double startedMs,
        double durationMs,
        Outcome outcome,
        Map<BrowserMilestone, Double> millis,
        Loaders loaders,
        String browser,
        String driver) {
    public CanaryVisit {
        if (!(durationMs >= 0)) {
            throw new IllegalArgumentException("canary visit: expected durationMs of 0 or more, found " + durationMs);
        }
        millis.forEach((milestone, ms) -> {
            if (!(ms >= 0)) {
                throw new IllegalArgumentException("canary visit: expected " + milestone.word()
                        + " in milliseconds since the navigation's start, 0 or more, found " + ms);
            }
        });
        millis = millis.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(millis));
    }

    /** Milliseconds since the start of the navigation, empty when it never came there. */
    public OptionalDouble at(BrowserMilestone milestone) {
        Double ms = millis.get(milestone);
        return ms == null ? OptionalDouble.empty() : OptionalDouble.of(ms);
    }

    /** Whether it says something about the server: all but the interrupted do. */
    public boolean isJudged() {
        return !(outcome instanceof Outcome.Interrupted);
    }
}
