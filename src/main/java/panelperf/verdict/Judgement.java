package panelperf.verdict;

import java.util.Locale;
import java.util.OptionalDouble;
import panelperf.run.Run;
import panelperf.stats.Percentile;

/**
 * Whether one threshold was met.
 *
 * @param threshold what was asked for
 * @param met whether it was
 * @param value the figure, a share or milliseconds; empty when there is none
 * @param n visits it was taken from
 */
public record Judgement(Threshold threshold, boolean met, OptionalDouble value, int n) {

    static Judgement of(Run run, Threshold threshold) {
        Run scope = threshold.scope().equals(Threshold.ALL) ? run : run.of(threshold.scope());
        int n = scope.counts().judged();
        if (threshold instanceof Threshold.Rate rate) {
            OptionalDouble share =
                    n == 0 ? OptionalDouble.empty() : OptionalDouble.of(passed(scope, rate) / (double) n);
            return new Judgement(threshold, share.isPresent() && share.getAsDouble() >= rate.atLeast(), share, n);
        }
        Threshold.Time time = (Threshold.Time) threshold;
        OptionalDouble ms = Percentile.of(time.rank(), Sample.of(scope, time.milestone()));
        return new Judgement(threshold, ms.isPresent() && ms.getAsDouble() <= time.atMostMs(), ms, n);
    }

    private static long passed(Run run, Threshold.Rate rate) {
        return run.judgedVisits().stream().filter(rate.check()::passed).count();
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
