package panelperf.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import panelperf.time.Timeline;

/**
 * A time in which the server was hardly to be spoken to: one stall, or several close to each other.
 *
 * @param startNanos when the first began
 * @param endNanos when the last ended
 * @param stalls how many there were
 * @param cpuMs what the server's process used of the CPU meanwhile
 */
record Spell(long startNanos, long endNanos, int stalls, double cpuMs) {
    /** Less than between two looks for unused sessions, more than the server answers for between two ends. */
    private static final long APART_NANOS = 500_000_000;

    double ms() {
        return Timeline.millisBetween(startNanos, endNanos);
    }

    /**
     * The spells in a series of polls. A gap between two answers is a stall when it is that much longer than usual. Where a
     * stall began is not seen: in the middle between two polls on average, or at the very answer where the loop was held again
     * at once.
     *
     * @param leastNanos how much longer than usual
     */
    static List<Spell> of(List<Poll> polls, long leastNanos) {
        if (polls.size() < 3) {
            return List.of();
        }
        long usual = usualGap(polls);
        List<Spell> spells = new ArrayList<>();
        for (int i = 1; i < polls.size(); i++) {
            long before = polls.get(i - 1).answeredNanos();
            long answered = polls.get(i).answeredNanos();
            double cpuMs = polls.get(i).cpuMs() - polls.get(i - 1).cpuMs();
            if (answered - before < usual + leastNanos) {
                continue;
            }
            Spell last = spells.isEmpty() ? null : spells.get(spells.size() - 1);
            if (last != null && before - last.endNanos() < APART_NANOS) {
                spells.set(
                        spells.size() - 1,
                        new Spell(last.startNanos(), answered, last.stalls() + 1, last.cpuMs() + cpuMs));
            } else {
                spells.add(new Spell(before + usual / 2, answered, 1, cpuMs));
            }
        }
        return spells;
    }

    private static long usualGap(List<Poll> polls) {
        long[] gaps = new long[polls.size() - 1];
        for (int i = 1; i < polls.size(); i++) {
            gaps[i - 1] = polls.get(i).answeredNanos() - polls.get(i - 1).answeredNanos();
        }
        Arrays.sort(gaps);
        return gaps[gaps.length / 2];
    }
}
