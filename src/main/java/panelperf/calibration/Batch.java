package panelperf.calibration;

import java.util.Collections;
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
    /** A machine that does other things too stands still for as long now and then. */
    static final double PAUSE_MS = 60;

    /**
     * From what was felt, in the order of time. What is as short as a machine's own pauses counts only where nothing else was
     * felt.
     *
     * @param spells one or more
     */
    static Batch of(int ended, int held, int served, long closedNanos, List<Spell> spells) {
        List<Spell> felt =
                spells.stream().filter(spell -> spell.ms() > PAUSE_MS).toList();
        Spell first = felt.isEmpty() ? longest(spells) : felt.get(0);
        Spell paid = felt.size() > 1 ? longest(felt.subList(1, felt.size())) : first;
        return new Batch(ended, held, served, closedNanos, first, paid);
    }

    private static Spell longest(List<Spell> spells) {
        return Collections.max(spells, Comparator.comparingDouble(Spell::ms));
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
