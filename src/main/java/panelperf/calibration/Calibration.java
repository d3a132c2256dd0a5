package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import panelperf.time.Ticker;

/** The course of a calibration: what is measured, in which order. One thread's. */
public final class Calibration {
    private static final int WARM_UPS = 5;

    private Calibration() {}

    /**
     * Measures; takes some minutes.
     *
     * @param progress is told how far it is, a line at a time
     * @return the lines of a preset, in order
     * @throws CannotMeasure when the server is not what was expected; in one sentence
     */
    public static Measured run(
            Site site, ServerProcess process, Course course, Ticker ticker, Consumer<String> progress)
            throws CannotMeasure, InterruptedException {
        try (Dialer dialer = new Dialer(site, ticker)) {
            return measure(new Bench(site, process, course, ticker, dialer, progress));
        }
    }

    /**
     * The end of sessions comes first, so that every session that the server has had is known. All else is measured in times
     * in which none can end.
     */
    private static Measured measure(Bench bench) throws CannotMeasure, InterruptedException {
        bench.say("warming up: %d pages", WARM_UPS);
        List<PageLife> open = warmUp(bench);
        String server = open.get(0).server();
        bench.say("the end of sessions");
        List<Finding> endings = Departures.measure(bench, open);
        bench.say("%d visits, one after another", bench.course().visits());
        Beginnings beginnings = Beginnings.measure(bench);
        List<Finding> findings = new ArrayList<>(beginnings.findings());
        bench.say("pages that do nothing beside one that works");
        Neighbours neighbours = Neighbours.measure(bench);
        findings.add(RoundTrips.measure(bench));
        findings.addAll(neighbours.findings(beginnings.messagesMs()));
        findings.addAll(endings);
        if (bench.course().admin()) {
            bench.say("an open admin page");
            findings.add(AdminPage.measure(bench));
        }
        return new Measured(server, bench.served(), findings);
    }

    /** The first visits of a process take longer than all others; and they show whether it is this process that serves. */
    private static List<PageLife> warmUp(Bench bench) throws CannotMeasure, InterruptedException {
        double before = bench.cpuMs();
        List<PageLife> open = new ArrayList<>();
        for (int i = 0; i < WARM_UPS; i++) {
            open.add(bench.open());
        }
        if (bench.cpuMs() <= before) {
            open.forEach(PageLife::close);
            throw new CannotMeasure("--pid: expected the process that serves the page, found one that used no CPU time"
                    + " while the page was served " + WARM_UPS + " times; name the server's own process");
        }
        return open;
    }
}
