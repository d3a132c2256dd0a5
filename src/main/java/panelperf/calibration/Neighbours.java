package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether pages that do nothing are told of another's work, and what that costs the server. */
final class Neighbours {
    private static final int IDLE = 8;
    private static final int PAGES = 6;
    private static final long QUIET_NANOS = 1_000_000_000;

    /** Within what time the server has done all that follows from a page's messages. */
    private static final long FOLLOWED_NANOS = 250_000_000;

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
            idle.clear();
            return finding(few, many, talks(bench), turns);
        } finally {
            idle.forEach(PageLife::close);
        }
    }

    /**
     * The model tells all sessions two turns for each page life, at its document_ready. What the real server does for them
     * altogether is put there. It does it when a page's own messages are answered already, so it is told by the CPU time
     * that goes into them. The lives that were measured first live on beside those that are measured next. Of the sessions
     * that live under load most have no socket any more, so what those cost counts; one with a socket costs more.
     */
    private static Finding finding(Sample few, Sample many, Sample closed, int turns) {
        double each = Math.max(0, (closed.mean() - few.mean()) / (IDLE + 2 * PAGES));
        String how = String.format(
                Locale.ROOT,
                "an idle page is told of %.1f turns of the busy indicator in the life of another page, whose messages"
                        + " took %.1f ms of CPU beside %.1f sessions that live, %.1f ms beside %.1f of which %d had a"
                        + " socket, and %.1f ms beside %.1f without one (means of %d): %.2f ms for each of the last, one"
                        + " half for each of the model's two turns",
                (double) turns / PAGES,
                few.mean(),
                1 + beforeMean(),
                many.mean(),
                1 + IDLE + PAGES + beforeMean(),
                1 + IDLE,
                closed.mean(),
                1 + IDLE + 2 * PAGES + beforeMean(),
                PAGES,
                each);
        return new Finding("busy-time", OptionText.ms(each / 2), how);
    }

    /** How many of the same lives were before one of them, on average. */
    private static double beforeMean() {
        return (PAGES - 1) / 2.0;
    }

    /**
     * What all messages of a page cost the server, CPU ms, from the first of its browser until nothing follows any more. The
     * turns come 50 ms after that first message (panel/reactive.py, {@code _debounce}).
     */
    private static Sample talks(Bench bench) throws CannotMeasure, InterruptedException {
        Sample sample = new Sample();
        for (int i = 0; i < PAGES; i++) {
            try (PageLife life = bench.request()) {
                life.join();
                life.pull();
                double before = bench.cpuMs();
                life.tellBrowser();
                life.ready();
                TimeUnit.NANOSECONDS.sleep(FOLLOWED_NANOS);
                sample.add(bench.cpuMs() - before);
            }
        }
        return sample;
    }
}
