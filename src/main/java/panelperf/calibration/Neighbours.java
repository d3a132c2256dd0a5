package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the server does once a page has told of itself, beside its answers: for the page, and for pages that do nothing.
 *
 * @param few CPU of all that follows from a page's messages, where few sessions live
 * @param many where many do, most of them with an open socket
 * @param closed where more do, none of them with one
 * @param turns how many turns of the busy indicator an idle page was told of meanwhile
 */
record Neighbours(Sample few, Sample many, Sample closed, int turns) {
    private static final int IDLE = 8;
    private static final int PAGES = 8;
    private static final long QUIET_NANOS = 1_000_000_000;

    /** Within what time the server has done all that follows from a page's messages. */
    private static final long FOLLOWED_NANOS = 250_000_000;

    static Neighbours measure(Bench bench) throws CannotMeasure, InterruptedException {
        bench.clear();
        List<PageLife> idle = new ArrayList<>();
        try {
            PageLife first = bench.open();
            idle.add(first);
            first.busyTurns(QUIET_NANOS);
            Sample few = talks(bench);
            int turns = first.busyTurns(QUIET_NANOS);
            if (turns == 0) {
                return new Neighbours(few, few, few, 0);
            }
            while (idle.size() <= IDLE) {
                idle.add(bench.open());
            }
            Sample many = talks(bench);
            idle.forEach(PageLife::close);
            idle.clear();
            return new Neighbours(few, many, talks(bench), turns);
        } finally {
            idle.forEach(PageLife::close);
        }
    }

    /** Both turns of the indicator of one session, CPU ms. The lives that were measured first live on beside the next. */
    private double sessionMs() {
        return Math.max(0, (closed.mean() - few.mean()) / (IDLE + 2 * PAGES));
    }

    /** What an open socket adds to that. */
    private double socketMs() {
        return turns == 0 ? 0 : Math.max(0, (many.mean() - few.mean() - sessionMs() * (IDLE + PAGES)) / IDLE);
    }

    /** What a page's messages lead to beside the turns of the indicator. */
    private double ownMs() {
        double open = turns == 0 ? 0 : 2; // itself and the idle one
        return few.mean() - sessionMs() * (2 + beforeMean()) - open * socketMs();
    }

    /**
     * The lines of a preset. The model tells all sessions two turns for each page life, once its messages are answered. What
     * the real server does for them altogether is put there.
     *
     * @param known what of the CPU that a page's messages cost is told by other lines, ms
     */
    List<Finding> findings(double known) {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "events-time",
                OptionText.ms(Math.max(0, ownMs() - known)),
                String.format(
                        Locale.ROOT,
                        "CPU of all that follows from a page's messages, without the turns of the busy indicator below:"
                                + " %.1f ms, of which the lines above tell %.1f ms",
                        ownMs(),
                        known)));
        if (turns == 0) {
            findings.add(
                    new Finding("busy-time", "0", "an idle page was told nothing of the work of " + PAGES + " others"));
            return findings;
        }
        findings.add(new Finding("busy-time", OptionText.ms(sessionMs() / 2), turnsText()));
        findings.add(new Finding("busy-socket-time", OptionText.ms(socketMs() / 2), "from the same"));
        return findings;
    }

    private String turnsText() {
        return String.format(
                Locale.ROOT,
                "an idle page is told of %.1f turns of the busy indicator in the life of another page, whose messages"
                        + " took %.1f ms of CPU beside %.1f sessions that live, %.1f ms beside %.1f of which %d had a"
                        + " socket, and %.1f ms beside %.1f without one (means of %d): %.2f ms for each, and %.2f ms more"
                        + " with a socket, one half for each of the model's two turns",
                (double) turns / PAGES,
                few.mean(),
                1 + beforeMean(),
                many.mean(),
                1 + IDLE + PAGES + beforeMean(),
                1 + IDLE,
                closed.mean(),
                1 + IDLE + 2 * PAGES + beforeMean(),
                PAGES,
                sessionMs(),
                socketMs());
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
