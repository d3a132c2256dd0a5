package panelperf.stats;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** Intervals by drawing the samples again (Efron 1979, the percentile method). */
public final class Bootstrap {
    private static final int MOST_RESAMPLES = 1000;
    private static final int FEWEST_RESAMPLES = 200;
    /** Keeps an interval of the largest samples within a second or two. */
    private static final int MOST_DRAWS = 10_000_000;

    private Bootstrap() {}

    /**
     * The interval of a ratio of percentiles.
     *
     * @param rank 0 to 100, of both
     * @param values the numerator's sample; infinite where something did not happen
     * @param base the denominator's sample
     * @return unknown where one of the samples is empty; an infinite end where a percentile does not exist in so many
     *     resamples
     */
    public static Interval ratio(double rank, double[] values, double[] base, RandomGenerator random) {
        if (values.length == 0 || base.length == 0) {
            return Interval.unknown();
        }
        int resamples =
                Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, MOST_DRAWS / (values.length + base.length)));
        double[] ratios = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            OptionalDouble above = Percentile.of(rank, resampled(values, random));
            OptionalDouble below = Percentile.of(rank, resampled(base, random));
            boolean known = above.isPresent() && below.isPresent() && below.getAsDouble() > 0;
            ratios[i] = known ? above.getAsDouble() / below.getAsDouble() : Double.POSITIVE_INFINITY;
        }
        double low = Percentile.of(100 * Interval.TAIL, ratios).orElse(Double.NEGATIVE_INFINITY);
        double high = Percentile.of(100 * (1 - Interval.TAIL), ratios).orElse(Double.POSITIVE_INFINITY);
        return new Interval(low, high);
    }

    private static double[] resampled(double[] sample, RandomGenerator random) {
        double[] again = new double[sample.length];
        for (int i = 0; i < again.length; i++) {
            again[i] = sample[random.nextInt(sample.length)];
        }
        return again;
    }
}
