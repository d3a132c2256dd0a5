package panelperf.calibration;

import java.util.Locale;
import panelperf.time.Timeline;

/**
 * What an open admin page costs the loop. Opening one makes all later pages heavier, because extensions belong to the process;
 * so pages beside an open one are compared with pages after it.
 */
final class AdminPage {
    private static final int PAGES = 15;
    /** How often the model's session changes until its page is left: made, built, joined, ready, rendering, rendered, left. */
    private static final int CHANGES = 7;

    private AdminPage() {}

    static Finding measure(Bench bench) throws CannotMeasure, InterruptedException {
        bench.clear();
        PageLife admin = bench.openAdmin();
        double beside;
        try {
            beside = median(bench);
        } finally {
            admin.close();
        }
        double after = median(bench);
        int sessions = bench.served() - PAGES;
        double each = Math.max(0, (beside - after) / sessions / CHANGES);
        String how = String.format(
                Locale.ROOT,
                "a visit took %.0f ms beside an open admin page and %.0f ms after it (medians of %d), with %d sessions"
                        + " so far; for each of them and of the model's %d changes of a session",
                beside,
                after,
                PAGES,
                sessions,
                CHANGES);
        return new Finding("admin-time", OptionText.ms(each), how);
    }

    private static double median(Bench bench) throws CannotMeasure, InterruptedException {
        Sample sample = new Sample();
        for (int i = 0; i < PAGES; i++) {
            long begin = bench.now();
            bench.open().close();
            sample.add(Timeline.millisBetween(begin, bench.now()));
        }
        return sample.median();
    }
}
