package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import panelperf.time.Timeline;

/**
 * When sessions end, from when ends were seen: a session that closed at {@code c} ends at the first look that is its lifetime
 * later or more; looks come at a period.
 *
 * @param lifetimeMs how long an unused session is kept at least
 * @param periodMs how often they are looked for
 * @param standard whether these are Bokeh's own, which fit what was seen
 */
record Expiry(double lifetimeMs, double periodMs, boolean standard) {
    /** When one session, or the first of several, was left, and when it was seen to end. */
    record Seen(long closedNanos, long endNanos) {
        double waitMs() {
            return Timeline.millisBetween(closedNanos, endNanos);
        }
    }

    private static final double BOKEH_LIFETIME_MS = 15_000;
    private static final double BOKEH_PERIOD_MS = 17_000;
    /** A look may come late by what the loop is doing. */
    private static final double LATE_MS = 400;

    /** The answer for what was seen, in the order of time. */
    static Expiry of(List<Seen> seen) {
        if (fits(seen, BOKEH_LIFETIME_MS, BOKEH_PERIOD_MS)) {
            return new Expiry(BOKEH_LIFETIME_MS, BOKEH_PERIOD_MS, true);
        }
        double period = period(seen);
        double most = seen.stream().mapToDouble(Seen::waitMs).min().orElse(0);
        double least = Math.max(0, seen.stream().mapToDouble(Seen::waitMs).max().orElse(0) - period);
        return new Expiry((Math.min(least, most) + most) / 2, period, false);
    }

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

    private static boolean fits(List<Seen> seen, double lifetimeMs, double periodMs) {
        return gaps(seen).stream().allMatch(gap -> isMultiple(gap, periodMs))
                && seen.stream()
                        .allMatch(one -> one.waitMs() >= lifetimeMs - LATE_MS
                                && one.waitMs() <= lifetimeMs + periodMs + LATE_MS);
    }

    private static List<Double> gaps(List<Seen> seen) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < seen.size(); i++) {
            gaps.add(Timeline.millisBetween(seen.get(i - 1).endNanos(), seen.get(i).endNanos()));
        }
        return gaps;
    }

    /** The longest period of which all gaps are multiples. */
    private static double period(List<Seen> seen) {
        List<Double> gaps = gaps(seen);
        double shortest = gaps.stream().mapToDouble(Double::doubleValue).min().orElse(BOKEH_PERIOD_MS);
        for (int parts = 1; parts <= 8; parts++) {
            double candidate = shortest / parts;
            if (gaps.stream().allMatch(gap -> isMultiple(gap, candidate))) {
                double looks = gaps.stream().mapToDouble(gap -> Math.rint(gap / candidate)).sum();
                return gaps.stream().mapToDouble(Double::doubleValue).sum() / Math.max(1, looks);
            }
        }
        return shortest;
    }

    private static boolean isMultiple(double gapMs, double periodMs) {
        double off = Math.abs(gapMs - Math.rint(gapMs / periodMs) * periodMs);
        return gapMs > periodMs / 2 && off <= Math.min(LATE_MS, periodMs / 8);
    }
}
