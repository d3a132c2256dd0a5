package panelperf.verdict;

import java.util.Locale;
import java.util.OptionalDouble;
import panelperf.run.Run;
import panelperf.stats.Interval;
import panelperf.stats.Percentile;
import panelperf.stats.Proportion;

/**
 * Whether one threshold was met.
 *
 * @param threshold what was asked for
 * @param met whether the figure itself meets it, as k6 would say
 * @param value the figure, a share or milliseconds; empty when there is none
 * @param interval where the figure lies with 95 % confidence
 * @param n visits, or steps, it was taken from
 */
public record Judgement(Threshold threshold, boolean met, OptionalDouble value, Interval interval, int n) {
    /**
     * Visits that a strict verdict asks for at least. With fewer than 72 a share of 95 % cannot be shown even when every
     * visit passes, and with fewer than 36 a p90 has no upper bound.
     */
    public static final int ENOUGH = 72;

    /** What the interval says. */
    public enum Answer {
        /** All of it meets the limit. */
        MET,
        /** None of it does; or there is no data. */
        MISSED,
        /** The limit lies within it: more visits could turn the answer. */
        UNDECIDED
    }

    static Judgement of(Run run, Threshold threshold) {
        Run scope = threshold.scope().equals(Threshold.ALL) ? run.profiles() : run.of(threshold.scope());
        if (threshold instanceof Threshold.Rate rate) {
            int n = scope.counts().judged();
            int passed = passed(scope, rate);
            OptionalDouble share = n == 0 ? OptionalDouble.empty() : OptionalDouble.of(passed / (double) n);
            boolean met = share.isPresent() && share.getAsDouble() >= rate.atLeast();
            return new Judgement(threshold, met, share, Proportion.interval(passed, n), n);
        }
        Threshold.InTime time = (Threshold.InTime) threshold;
        double[] sample = time.sample(scope);
        OptionalDouble ms = Percentile.of(time.rank(), sample);
        boolean met = ms.isPresent() && ms.getAsDouble() <= time.atMostMs();
        return new Judgement(threshold, met, ms, Percentile.interval(time.rank(), sample), sample.length);
    }

    private static int passed(Run run, Threshold.Rate rate) {
        return (int) run.judgedVisits().stream().filter(rate.check()::passed).count();
    }

    /** What the interval says of the threshold. */
    public Answer answer() {
        if (n == 0) {
            return Answer.MISSED;
        }
        if (threshold instanceof Threshold.Rate rate) {
            return answer(interval.low() >= rate.atLeast(), interval.high() < rate.atLeast());
        }
        double atMost = ((Threshold.InTime) threshold).atMostMs();
        return answer(interval.high() <= atMost, interval.low() > atMost);
    }

    private static Answer answer(boolean allMeets, boolean noneMeets) {
        if (allMeets) {
            return Answer.MET;
        }
        return noneMeets ? Answer.MISSED : Answer.UNDECIDED;
    }

    /** Whether there are enough visits for an answer by the interval. */
    public boolean enough() {
        double share =
                threshold instanceof Threshold.Rate rate ? rate.atLeast() : ((Threshold.InTime) threshold).rank() / 100;
        // Were all n good, the interval would begin at TAIL^(1/n); of a share of 100 % that is never enough.
        return n >= ENOUGH && Math.pow(share, n) <= Interval.TAIL;
    }

    /** What was asked for, as a sentence. */
    public String name() {
        return threshold.name();
    }

    /** What came, with its n. */
    public String found() {
        if (n == 0) {
            return "no data";
        }
        if (value.isEmpty()) {
            return "none (n " + n + ")";
        }
        return threshold instanceof Threshold.Rate
                ? String.format(Locale.ROOT, "%.1f %% (n %d)", value.getAsDouble() * 100, n)
                : String.format(Locale.ROOT, "%.0f ms (n %d)", value.getAsDouble(), n);
    }
}
