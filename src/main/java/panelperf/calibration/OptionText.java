package panelperf.calibration;

import java.util.Locale;

/** Numbers in the form in which the target's options take them. */
final class OptionText {
    /** Within this a time does not vary enough to say so. */
    private static final double STEADY = 1.02;

    private OptionText() {}

    /** Three significant digits: no more is measured. */
    static String ms(double ms) {
        if (ms < 0.0005) {
            return "0";
        }
        int decimals = ms >= 100 ? 0 : ms >= 10 ? 1 : ms >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "fms", ms);
    }

    /** Always the mean: for short work, whose sum counts and whose spread does not. */
    static String mean(Sample sample) {
        return ms(sample.mean());
    }

    /** Median and ninetieth percentile, where they differ. */
    static String spread(Sample sample) {
        double median = sample.median();
        double p90 = sample.percentile(90);
        boolean varies = median >= 0.001 && p90 > STEADY * median;
        return varies ? ms(median) + "~" + ms(p90) : ms(sample.mean());
    }

    /** A constant's name. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
