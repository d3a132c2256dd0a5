package panelperf.calibration;

import java.util.Optional;
import panelperf.time.Timeline;

/**
 * Sessions that ended together.
 *
 * @param ended how many
 * @param held how many others lived on, with an open socket
 * @param served how many the server had had until then
 * @param closedNanos when their sockets were closed
 * @param first the first that was felt of their end; the same as {@code paid} where nothing was felt before
 * @param paid the longest that was felt
 */
record Batch(int ended, int held, int served, long closedNanos, Spell first, Spell paid) {
    /** How many sessions lived when one of these ended, itself included, on average. */
    double living() {
        return held + (ended + 1) / 2.0;
    }

    /** How much later than their end it was paid for, ms; empty where the end itself was not felt. */
    Optional<Double> putOffMs() {
        return first.equals(paid)
                ? Optional.empty()
                : Optional.of(Timeline.millisBetween(first.startNanos(), paid.startNanos()));
    }
}
