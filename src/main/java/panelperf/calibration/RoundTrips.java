package panelperf.calibration;

import java.util.Locale;

/**
 * Whether the server's frames wait for each other: the same exchange, with what comes acknowledged at once, and when the
 * system thinks fit.
 */
final class RoundTrips {
    private static final int EXCHANGES = 20;
    /** Linux puts an acknowledgement off by some 40 ms. */
    private static final double STALL_MS = 20;

    private RoundTrips() {}

    static Finding measure(Bench bench) throws CannotMeasure, InterruptedException {
        double quick = median(bench.request());
        double usual = median(bench.requestUnhurried());
        bench.say("  a round trip: %.1f ms, and %.1f ms with acknowledgements at once", usual, quick);
        String how = String.format(
                Locale.ROOT,
                "SERVER-INFO took %.1f ms, and %.1f ms with acknowledgements at once; medians of %d",
                usual,
                quick,
                EXCHANGES);
        return new Finding("wire", usual - quick > STALL_MS ? "nagle" : "quick", how);
    }

    /** One after another without a pause: only a connection that talks and answers in turn puts acknowledgements off. */
    private static double median(PageLife page) throws CannotMeasure, InterruptedException {
        try (page) {
            page.join();
            page.pull();
            Sample sample = new Sample();
            for (int i = 0; i < EXCHANGES; i++) {
                sample.add(page.serverInfo());
            }
            return sample.median();
        }
    }
}
