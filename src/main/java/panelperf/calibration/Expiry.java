package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import panelperf.time.Timeline;

/**
 * When sessions end, from when ends were seen: a session that is left ends at the first look that is its lifetime later or
 * more, and looks come at a period.
 *
 * @param lifetimeMs how long an unused session is kept at least
 * @param periodMs how often they are looked for
 * @param standard whether these are Bokeh's own, which fit what was seen
 */
record Expiry(double lifetimeMs, double periodMs, boolean standard) {
    /** When sessions were left, all at one moment, and when they were seen to end. */
    record Seen(long closedNanos, long endNanos) {
        double waitMs() {
            return Timeline.millisBetween(closedNanos, endNanos);
        }
    }

    private static final double BOKEH_LIFETIME_MS = 15_000;
    private static final double BOKEH_PERIOD_MS = 17_000;
    /** A look comes late by what the loop is doing. */
    private static final double LATE_MS = 400;
    /** So many looks may have passed between two ends. */
    private static final int MOST_LOOKS = 40;

    /** The answer for what was seen, in the order of time; one end or more. */
    static Expiry of(List<Seen> seen) {
        if (fitBokeh(seen)) {
            return new Expiry(BOKEH_LIFETIME_MS, BOKEH_PERIOD_MS, true);
        }
        double period = period(seen);
        return new Expiry((least(seen, period) + most(seen)) / 2, period, false);
    }

    private static boolean fitBokeh(List<Seen> seen) {
        return gaps(seen).stream().allMatch(gap -> isMultiple(gap, BOKEH_PERIOD_MS))
                && most(seen) >= BOKEH_LIFETIME_MS - LATE_MS
                && least(seen, BOKEH_PERIOD_MS) <= BOKEH_LIFETIME_MS + LATE_MS;
    }

    /** A lifetime is no longer than any wait. */
    private static double most(List<Seen> seen) {
        return seen.stream().mapToDouble(Seen::waitMs).min().orElse(0);
    }

    /** And no shorter than any wait without its last period. */
    private static double least(List<Seen> seen, double periodMs) {
        double longest = seen.stream().mapToDouble(Seen::waitMs).max().orElse(0);
        return Math.min(most(seen), Math.max(0, longest - periodMs));
    }

    private static List<Double> gaps(List<Seen> seen) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < seen.size(); i++) {
            gaps.add(Timeline.millisBetween(
                    seen.get(i - 1).endNanos(), seen.get(i).endNanos()));
        }
        return gaps;
    }

    /** The longest period of which all gaps between ends are multiples. */
    private static double period(List<Seen> seen) {
        List<Double> gaps = gaps(seen);
        double shortest = gaps.stream().mapToDouble(gap -> gap).min().orElse(BOKEH_PERIOD_MS);
        for (int looks = 1; looks <= MOST_LOOKS; looks++) {
            double candidate = shortest / looks;
            if (gaps.stream().allMatch(gap -> isMultiple(gap, candidate))) {
                double all = gaps.stream()
                        .mapToDouble(gap -> Math.rint(gap / candidate))
                        .sum();
                return all == 0
                        ? candidate
                        : gaps.stream().mapToDouble(gap -> gap).sum() / all;
            }
        }
        return shortest;
    }

    private static boolean isMultiple(double gapMs, double periodMs) {
        double off = Math.abs(gapMs - Math.rint(gapMs / periodMs) * periodMs);
        return gapMs > periodMs / 2 && off <= Math.min(LATE_MS, periodMs / 8);
    }

    /**
     * When to leave the next sessions so as to learn most. Where the ends fit Bokeh's times there is nothing to learn. Else
     * the supposed period may be several: leaving half of it later moves the end by a part of it then, and only then. Once
     * that was tried, the wait that halves what the lifetime may be.
     *
     * @return not before {@code nowNanos}
     */
    static long nextClose(List<Seen> seen, long nowNanos) {
        if (seen.size() < 2 || fitBokeh(seen)) {
            return nowNanos;
        }
        long period = Math.round(period(seen) * 1e6);
        Seen last = seen.get(seen.size() - 1);
        long wanted = halfWasTried(seen, period)
                ? last.endNanos() - Math.round((least(seen, period / 1e6) + most(seen)) / 2 * 1e6)
                : last.closedNanos() + period / 2;
        long early = Math.max(0, nowNanos - wanted);
        return wanted + (early + period - 1) / period * period;
    }

    private static boolean halfWasTried(List<Seen> seen, long periodNanos) {
        for (int i = 1; i < seen.size(); i++) {
            long moved = seen.get(i).closedNanos() - seen.get(i - 1).closedNanos();
            double part = (double) Math.floorMod(moved, periodNanos) / periodNanos;
            if (part > 0.4 && part < 0.6) {
                return true;
            }
        }
        return false;
    }

    /** The lines of a preset. */
    List<Finding> findings(List<Seen> seen) {
        String waits = seen.stream()
                .map(one -> String.format(Locale.ROOT, "%.2f", one.waitMs() / 1e3))
                .collect(Collectors.joining(", "));
        String how = standard ? "Bokeh's own, which fits what was seen" : "estimated from what was seen";
        return List.of(
                new Finding(
                        "unused-lifetime",
                        OptionText.ms(lifetimeMs),
                        how + ": sessions ended " + waits + " s after their sockets"),
                new Finding("check-period", OptionText.ms(periodMs), "from the same"));
    }
}
