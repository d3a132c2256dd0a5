package panelperf.target.admin;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * How long something took, over and over: its count, sum and longest exactly, its percentiles to one percent. Constant
 * memory. Whoever shares it guards it.
 */
final class Distribution {
    private static final int DIGITS = 2;
    /** Percentiles are of microseconds; longer times than this count as this long there. */
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    /**
     * What is known of it.
     *
     * @param n how many there were; the rest is 0 when there were none
     */
    record Figures(long n, long sumNanos, long p50Nanos, long p90Nanos, long longestNanos) {
        /** The mean; 0 when there was none. */
        double meanNanos() {
            return n == 0 ? 0 : (double) sumNanos / n;
        }
    }

    private final Histogram micros = new Histogram(1, LONGEST_MICROS, DIGITS);
    private LongConsumer also = nanos -> {};
    private long n;
    private long sumNanos;
    private long longestNanos;

    void record(long nanos) {
        n++;
        sumNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
        micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        also.accept(nanos);
    }

    /** Whoever else wants to hear of each. */
    void alsoTell(LongConsumer listener) {
        also = listener;
    }

    long n() {
        return n;
    }

    long sumNanos() {
        return sumNanos;
    }

    double meanNanos() {
        return n == 0 ? 0 : (double) sumNanos / n;
    }

    Figures figures() {
        return new Figures(n, sumNanos, percentile(50), percentile(90), longestNanos);
    }

    private long percentile(double rank) {
        // A bucket's upper edge may lie above all that was recorded.
        return n == 0 ? 0 : Math.min(longestNanos, TimeUnit.MICROSECONDS.toNanos(micros.getValueAtPercentile(rank)));
    }
}
