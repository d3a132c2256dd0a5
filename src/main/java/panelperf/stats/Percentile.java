package panelperf.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Percentiles by linear interpolation between the order statistics around position (n − 1) · rank / 100: type 7 of Hyndman
 * and Fan (1996), which k6 and NumPy use too, so that figures can be compared with theirs.
 */
public final class Percentile {
    private static final Quantile TYPE_7 = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

    private Percentile() {}

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
