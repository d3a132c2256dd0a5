package panelperf.report;

import java.util.Locale;
import java.util.OptionalDouble;
import panelperf.stats.Interval;

/** Numbers as they are printed, in the root locale. */
final class Figures {
    static final String NONE = "none";

    /** An end that the sample is too small to bound. */
    private static final String OPEN = "…";

    private Figures() {}

    static String ms(OptionalDouble ms) {
        return format("%.0f ms", ms);
    }

    /** Without its unit, for a table that names it in its head. */
    static String bareMs(OptionalDouble ms) {
        return format("%.0f", ms);
    }

    /** A figure in ms with its interval, for example {@code 349 [345, 353]}. */
    static String bareMs(OptionalDouble ms, Interval interval) {
        return bareMs(ms) + " " + interval("%.0f", interval);
    }

    static String percent(int part, int whole) {
        return whole == 0 ? NONE : format("%.1f %%", 100.0 * part / whole);
    }

    /** A ratio with its interval, for example {@code ×1.47 [1.31, …]}. */
    static String times(OptionalDouble value, OptionalDouble base, Interval interval) {
        String ratio = times(value, base);
        return ratio.equals(NONE) ? NONE : ratio + " " + interval("%.2f", interval);
    }

    /** How many times the base a value is; none where either does not exist. */
    static String times(OptionalDouble value, OptionalDouble base) {
        return value.isEmpty() || base.isEmpty() || base.getAsDouble() <= 0
                ? NONE
                : format("×%.2f", value.getAsDouble() / base.getAsDouble());
    }

    /** An interval's ends in brackets, an open one as {@code …}. */
    static String interval(String pattern, Interval interval) {
        return "[" + end(pattern, interval.low()) + ", " + end(pattern, interval.high()) + "]";
    }

    private static String end(String pattern, double value) {
        return Double.isInfinite(value) ? OPEN : format(pattern, value);
    }

    /** Bytes in the units of powers of ten, as k6 has them. */
    static String bytes(double bytes) {
        if (bytes < 1000) {
            return format("%.0f B", bytes);
        }
        return bytes < 1e6 ? format("%.1f kB", bytes / 1e3) : format("%.1f MB", bytes / 1e6);
    }

    /** Milliseconds as k6 writes durations. */
    static String duration(double ms) {
        return ms < 1000 ? format("%.2fms", ms) : format("%.2fs", ms / 1000);
    }

    /** A figure that may not exist. */
    static String format(String pattern, OptionalDouble value) {
        return value.isEmpty() ? NONE : format(pattern, value.getAsDouble());
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
