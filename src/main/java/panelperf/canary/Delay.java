package panelperf.canary;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import panelperf.stats.Percentile;

/**
 * How much longer a browser takes for a part of a page than an engine that does not wait, from visits in alternation. What
 * the server takes is in both, and falls out.
 *
 * @param ms the median of the differences, whole and not below 0
 * @param browserMs the browser's median
 * @param engineMs the engine's median
 * @param lowMs the differences' lower quartile
 * @param highMs their upper quartile
 * @param n how many pairs
 */
record Delay(int ms, double browserMs, double engineMs, double lowMs, double highMs, int n) {
    /**
     * The delay of the pairs.
     *
     * @param pairs not empty
     */
    static Delay of(List<PacingPair> pairs, ToDoubleFunction<PacingPair> browser, ToDoubleFunction<PacingPair> engine) {
        double[] ofBrowser = pairs.stream().mapToDouble(browser).toArray();
        double[] ofEngine = pairs.stream().mapToDouble(engine).toArray();
        double[] differences = new double[ofBrowser.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = ofBrowser[i] - ofEngine[i];
        }
        return new Delay(
                (int) Math.max(0, Math.round(median(differences))),
                median(ofBrowser),
                median(ofEngine),
                Percentile.of(25, differences).orElseThrow(),
                Percentile.of(75, differences).orElseThrow(),
                differences.length);
    }

    static double median(double[] values) {
        return Percentile.of(50, values).orElseThrow();
    }

    /** How it was taken. */
    String how(String part) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f ms in the browser, %.1f ms in the light engine without pacing (medians of %d visits each, in"
                        + " alternation); median of the %d differences, quartiles %.1f and %.1f ms",
                part,
                browserMs,
                engineMs,
                n,
                n,
                lowMs,
                highMs);
    }
}
