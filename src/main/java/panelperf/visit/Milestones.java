package panelperf.visit;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The instants that a visit reached. What did not happen is absent, never zero.
 *
 * @param millis milliseconds since the intended start, none negative; immutable
 */
public record Milestones(Map<Milestone, Double> millis) {
    public Milestones {
        millis.forEach((milestone, ms) -> {
            if (!(ms >= 0)) {
                throw new IllegalArgumentException("milestone " + milestone.word()
                        + ": expected milliseconds since the intended start, 0 or more, found " + ms);
            }
        });
        millis = millis.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new EnumMap<>(millis));
    }

    /** A visit that reached nothing. */
    public static Milestones none() {
        return new Milestones(Map.of());
    }

    /** Milliseconds since the intended start, empty when the visit never came there. */
    public OptionalDouble at(Milestone milestone) {
        Double ms = millis.get(milestone);
        return ms == null ? OptionalDouble.empty() : OptionalDouble.of(ms);
    }
}
