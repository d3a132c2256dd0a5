package panelperf.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Whether two figures rise and fall together, whatever their scale. */
public final class RankCorrelation {
    /** Two pairs always lie on a line. */
    private static final int FEWEST = 3;

    private RankCorrelation() {}

    /**
     * Spearman's coefficient: Pearson's of the ranks, where equal values share the mean of their ranks (Conover 1999,
     * section 5.4).
     *
     * @param x in any order, not changed; infinite for what did not happen
     * @param y as many, each of the pair of {@code x}'s at its place
     * @return −1 to 1; empty with fewer than 3 pairs, or where one figure never changes
     * @throws IllegalArgumentException when there are not as many of both, or one is no number
     */
    public static OptionalDouble spearman(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "rank correlation: expected as many of both figures, found " + x.length + " and " + y.length);
        }
        double[] a = ranks(x);
        double[] b = ranks(y);
        double mean = (x.length + 1) / 2.0;
        double both = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            ofA += (a[i] - mean) * (a[i] - mean);
            ofB += (b[i] - mean) * (b[i] - mean);
        }
        return x.length < FEWEST || ofA <= 0 || ofB <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(both / Math.sqrt(ofA * ofB));
    }

    private static double[] ranks(double[] values) {
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("rank correlation: expected numbers, found one that is none");
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        int first = 0;
        while (first < order.length) {
            int next = first + 1;
            while (next < order.length && Double.compare(values[order[next]], values[order[first]]) == 0) {
                next++;
            }
            for (int i = first; i < next; i++) {
                ranks[order[i]] = (first + 1 + next) / 2.0;
            }
            first = next;
        }
        return ranks;
    }
}
