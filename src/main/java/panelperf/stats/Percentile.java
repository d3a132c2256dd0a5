package panelperf.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Percentiles by linear interpolation between the order statistics around position (n − 1) · rank / 100: type 7 of Hyndman
 * and Fan (1996), which k6 and NumPy use too, so that figures can be compared with theirs.
 */
public final class Percentile {
    private static final Quantile TYPE_7 = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

    private Percentile() {}

    /**
     * Where the population's percentile lies with 95 % confidence, between two order statistics of the sample: whatever the
     * distribution, the number of values below it is binomial (Conover 1999, section 3.2). The interval is a little too wide
     * for small samples, because ranks are whole numbers. A p90 has no upper end below 36 values, and no lower one below 2.
     *
     * @param rank more than 0 and less than 100
     * @param values as for {@link #of}
     */
    public static Interval interval(double rank, double[] values) {
        if (!(rank > 0 && rank < 100)) {
            throw new IllegalArgumentException(
                    "rank of an interval: expected more than 0 and less than 100, found " + rank);
        }
        int n = values.length;
        if (n == 0) {
            return Interval.unknown();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        BinomialDistribution below = BinomialDistribution.of(n, rank / 100);
        int low = below.inverseCumulativeProbability(Interval.TAIL);
        int high = below.inverseCumulativeProbability(1 - Interval.TAIL) + 1;
        return new Interval(
                low == 0 ? Double.NEGATIVE_INFINITY : sorted[low - 1],
                high > n ? Double.POSITIVE_INFINITY : sorted[high - 1]);
    }

    /**
     * The percentile of a sample.
     *
     * @param rank 0 to 100
     * @param values in any order, not changed; positive infinity for what did not happen
     * @return empty when the sample is empty, or when the percentile falls on or beside an infinite value
     * @throws IllegalArgumentException when the rank lies outside its range, or a value is no number
     */
    public static OptionalDouble of(double rank, double[] values) {
        if (!(rank >= 0 && rank <= 100)) {
            throw new IllegalArgumentException("rank of a percentile: expected 0 to 100, found " + rank);
        }
        int finite = 0;
        for (double value : values) {
            if (Double.isNaN(value) || value == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException("sample: expected numbers or +Infinity, found " + value);
            }
            finite += Double.isInfinite(value) ? 0 : 1;
        }
        double position = (values.length - 1) * rank / 100;
        if (values.length == 0 || Math.ceil(position) >= finite) {
            return OptionalDouble.empty();
        }
        // The infinite values only keep the places above; their own size must not meet an interpolation.
        double[] bounded = Arrays.stream(values)
                .map(value -> Math.min(value, Double.MAX_VALUE))
                .toArray();
        return OptionalDouble.of(TYPE_7.evaluate(bounded, rank / 100));
    }
}
