package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether pages that do nothing are told of another's work, and what that costs the server. */
final class Neighbours {
    private static final int IDLE = 8;
    private static final int PAGES = 6;
    private static final long QUIET_NANOS = 1_000_000_000;

    private Neighbours() {}

    static Finding measure(Bench bench) throws CannotMeasure, InterruptedException {
        bench.clear();
        List<PageLife> idle = new ArrayList<>();
        try {
            PageLife first = bench.open();
            idle.add(first);
            first.busyTurns(QUIET_NANOS);
            Sample few = talks(bench);
            int turns = first.busyTurns(QUIET_NANOS);
            if (turns == 0) {
                return new Finding(
                        "busy-time", "0", "an idle page was told nothing of the work of " + PAGES + " others");
            }
            while (idle.size() <= IDLE) {
                idle.add(bench.open());
            }
            Sample many = talks(bench);
            idle.forEach(PageLife::close);
            return finding(few, many, talks(bench), turns);
        } finally {
            idle.forEach(PageLife::close);
        }
    }

    /**
     * The model tells the open pages two turns for each page life, at its document_ready. What the real server tells them
     * altogether is put there. The lives that were measured first live on beside those that are measured next.
     */
    private static Finding finding(Sample few, Sample many, Sample closed, int turns) {
        double each = Math.max(0, (many.median() - few.median()) / (IDLE + PAGES));
        String how = String.format(
                Locale.ROOT,
                "an idle page is told of %.1f turns of the busy indicator in the life of another page, whose messages"
                        + " took %.1f ms beside %.1f sessions that live and %.1f ms beside %.1f, so %.2f ms for each"
                        + " (medians of %d); one half for each of the model's two turns. Then %.1f ms beside %.1f, all"
                        + " without a socket",
                (double) turns / PAGES,
                few.median(),
                1 + beforeMean(),
                many.median(),
                1 + IDLE + PAGES + beforeMean(),
                each,
                PAGES,
                closed.median(),
                1 + IDLE + 2 * PAGES + beforeMean());
        return new Finding("busy-time", OptionText.ms(each / 2), how);
    }

    /** How many of the same lives were before one of them, on average. */
    private static double beforeMean() {
        return (PAGES - 1) / 2.0;
    }

    /** How long all messages of a page take, from the first of its browser to its last loader's end. */
    private static Sample talks(Bench bench) throws CannotMeasure, InterruptedException {
        Sample sample = new Sample();
        for (int i = 0; i < PAGES; i++) {
            try (PageLife life = bench.request()) {
                life.join();
                life.pull();
                double told = life.tellBrowser().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                PageLife.Rendered rendered = life.ready();
                if (rendered.isWhole()) {
                    sample.add(told + Math.max(rendered.answered(), rendered.ended()));
                }
            }
        }
        return sample;
    }
}
