package panelperf.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** The share of a population, from a count in a sample. */
public final class Proportion {
    private Proportion() {}

    /**
     * The exact interval of Clopper and Pearson (1934): the ends are quantiles of beta distributions. With every one of 72
     * passing it begins above 0.95; with fewer it cannot.
     *
     * @param passed 0 to {@code n}
     * @param n size of the sample, 0 or more
     * @return within 0 to 1; all of it when the sample is empty
     */
    public static Interval interval(int passed, int n) {
        if (passed < 0 || passed > n) {
            throw new IllegalArgumentException("proportion: expected 0 <= passed <= n, found " + passed + " of " + n);
        }
        double low = passed == 0
                ? 0
                : BetaDistribution.of(passed, n - passed + 1).inverseCumulativeProbability(Interval.TAIL);
        double high =
                passed == n ? 1 : BetaDistribution.of(passed + 1, n - passed).inverseSurvivalProbability(Interval.TAIL);
        return new Interval(low, high);
    }
}
