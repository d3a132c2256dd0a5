package panelperf.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import panelperf.time.Timeline;

/**
 * Sessions that ended together.
 *
 * @param ended how many
 * @param held how many others lived on, with an open socket
 * @param served how many the server had had until then
 * @param closedNanos when their sockets were closed
 * @param first the first that was felt of their end
 * @param paid the longest that was felt some seconds later; the first where nothing was
 */
record Batch(int ended, int held, int served, long closedNanos, Spell first, Spell paid) {
    /** A collection of a whole Python process takes longer. */
    private static final double COLLECTION_MS = 50;

    /**
     * From what was felt, in the order of time.
     *
     * @param spells one or more
     */
    static Batch of(int ended, int held, int served, long closedNanos, List<Spell> spells) {
        Spell first = spells.get(0);
        Spell paid = spells.stream()
                .skip(1)
                .filter(spell -> spell.ms() > COLLECTION_MS)
                .max(Comparator.comparingDouble(Spell::ms))
                .orElse(first);
        return new Batch(ended, held, served, closedNanos, first, paid);
    }

    /** How many sessions lived when one of these ended, itself included, on average. */
    double living() {
        return held + (ended + 1) / 2.0;
    }

    boolean wasPutOff() {
        return !first.equals(paid);
    }

    /** How much later than their end it was paid for, ms; empty where nothing was felt later. */
    Optional<Double> putOffMs() {
        return wasPutOff()
                ? Optional.of(Timeline.millisBetween(first.startNanos(), paid.startNanos()))
                : Optional.empty();
    }
}
