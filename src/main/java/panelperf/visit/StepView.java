package panelperf.visit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a step; think time has none.
 *
 * @param name the {@link Step#name()}
 * @param startMs when it was due, ms since the visit's intended start
 * @param durationMs from then until it was done, or until the visit ended; 0 or more
 * @param end how it ended; why is the visit's {@link Outcome}
 */
public record StepView(String name, double startMs, double durationMs, End end) {
    /** How a step ended. */
    public enum End {
        /** The server has answered, and the page is idle where that was waited for. */
        DONE,
        /** The widget had that value already, so there was nothing to send. */
        UNCHANGED,
        FAILED,
        TIMED_OUT,
        INTERRUPTED;

        /** The name in journals, for example {@code timed_out}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The end of that {@link #word()}, empty when there is none. */
        public static Optional<End> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(end -> end.word().equals(word))
                    .findFirst();
        }

        /** What the visit's outcome makes of the step under which it came. */
        public static End of(Outcome outcome) {
            if (outcome instanceof Outcome.TimedOut) {
                return TIMED_OUT;
            }
            return outcome instanceof Outcome.Interrupted ? INTERRUPTED : FAILED;
        }
    }

    public StepView {
        if (!(startMs >= 0) || !(durationMs >= 0)) {
            throw new IllegalArgumentException("step " + name + ": expected startMs and durationMs of 0 or more, found "
                    + startMs + " and " + durationMs);
        }
    }
}
