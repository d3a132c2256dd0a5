package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import panelperf.stats.Percentile;

/** Times of one kind of work, ms. One thread's. */
final class Sample {
    private final List<Double> values = new ArrayList<>();

    void add(double ms) {
        values.add(ms);
    }

    void addAll(List<Double> ms) {
        values.addAll(ms);
    }

    void addAllOf(Sample other) {
        values.addAll(other.values);
    }

    int size() {
        return values.size();
    }

    double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    double percentile(double rank) {
        return Percentile.of(rank, values()).orElse(0);
    }

    double median() {
        return percentile(50);
    }

    /** For comments: {@code n 40, median 90.1, p90 101.0, mean 93.2 ms}. */
    String text() {
        return String.format(
                Locale.ROOT, "n %d, median %.1f, p90 %.1f, mean %.1f ms", size(), median(), percentile(90), mean());
    }
}
