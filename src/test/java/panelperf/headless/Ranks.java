package panelperf.headless;

import java.util.List;

/** Spearman's rank correlation; equal values share the mean of their ranks. */
final class Ranks {
    private Ranks() {}

    /** From -1 to 1; NaN for fewer than two pairs. */
    static double correlation(List<double[]> pairs) {
        double[] a = ranks(pairs.stream().mapToDouble(pair -> pair[0]).toArray());
        double[] b = ranks(pairs.stream().mapToDouble(pair -> pair[1]).toArray());
        double mean = (a.length + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            first += (a[i] - mean) * (a[i] - mean);
            second += (b[i] - mean) * (b[i] - mean);
        }
        return both / Math.sqrt(first * second);
    }

    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int less = 0;
            int equal = 0;
            for (double value : values) {
                int order = Double.compare(value, values[i]);
                less += order < 0 ? 1 : 0;
                equal += order == 0 ? 1 : 0;
            }
            ranks[i] = less + (equal + 1) / 2.0;
        }
        return ranks;
    }
}
