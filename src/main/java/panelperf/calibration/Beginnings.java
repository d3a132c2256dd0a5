package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a page life costs the server from its request to its last loader's end.
 *
 * <p>What follows {@code document_ready} is seen as one time from outside: the server's loop answers and sends, a thread of
 * its pool renders, and in Python they take turns. What of it holds the loop is therefore taken from pages that are ready at
 * once, by how much later the last one is drawn for each page more; the rest is the pool's.
 */
final class Beginnings {
    /** A thread of the server goes on with what a page has told: the next one must not wait for that. */
    private static final long FOLLOWED_NANOS = 150_000_000;

    private final Sample init = new Sample();
    private final Sample file = new Sample();
    private final Sample fileCpu = new Sample();
    private final Sample connect = new Sample();
    private final Sample pull = new Sample();
    private final Sample patch = new Sample();
    private final Sample answered = new Sample();
    private final Sample drawn = new Sample();
    private final Crowd crowd;
    private final Pages pages;
    private final double cpuMs;

    private Beginnings(Bench bench) throws CannotMeasure, InterruptedException {
        bench.clear();
        double before = bench.cpuMs();
        for (int i = 0; i < bench.course().visits(); i++) {
            visit(bench);
        }
        cpuMs = (bench.cpuMs() - before) / bench.course().visits();
        bench.say("  a page: %s; CPU of a whole visit %.0f ms", init.text(), cpuMs);
        bench.clear();
        crowd = Crowd.measure(bench);
        bench.say("  pages that are ready at once: %.1f ms for each more", crowd.eachMs());
        bench.clear();
        pages = Pages.measure(bench, init);
    }

    /** Visits, one after another, then pages at once. */
    static Beginnings measure(Bench bench) throws CannotMeasure, InterruptedException {
        return new Beginnings(bench);
    }

    private void visit(Bench bench) throws CannotMeasure, InterruptedException {
        try (PageLife life = bench.request()) {
            init.add(life.initMs());
            double before = bench.cpuMs();
            List<Double> times = life.fetchFiles();
            file.addAll(times);
            if (!times.isEmpty()) {
                fileCpu.add((bench.cpuMs() - before) / times.size());
            }
            connect.add(life.join());
            pull.add(life.pull());
            patch.addAll(life.tellBrowser());
            PageLife.Rendered rendered = life.ready();
            if (!rendered.isWhole()) {
                bench.say("  a page's content never came; its times after document_ready are left out");
                return;
            }
            answered.add(rendered.answered());
            drawn.add(Math.max(rendered.answered(), rendered.ended()));
            TimeUnit.NANOSECONDS.sleep(FOLLOWED_NANOS);
        }
    }

    /** A document_ready is one message more; its own answer waits for the render where threads take turns. */
    private double readyMs() {
        return patch.size() == 0 ? answered.median() : Math.min(answered.median(), patch.mean());
    }

    private Sample answers() {
        Sample answers = new Sample();
        answers.addAllOf(patch);
        for (int i = 0; i < init.size(); i++) {
            answers.add(readyMs());
        }
        return answers;
    }

    /** At most what one page alone takes: pages that are open at once are told of each other too. */
    private double sendMs() {
        return Math.max(0, Math.min(crowd.eachMs(), drawn.median()) - readyMs());
    }

    private Sample render() {
        Sample render = new Sample();
        for (double ms : drawn.values()) {
            render.add(Math.max(0, ms - readyMs() - sendMs()));
        }
        return render;
    }

    /** What these times say of a page's messages after the pull of its document, ms. */
    double messagesMs() {
        Sample answers = answers();
        return answers.mean() * answers.size() / init.size() + sendMs() + render().mean();
    }

    List<Finding> findings() {
        Sample answers = answers();
        Sample render = render();
        List<Finding> findings = new ArrayList<>();
        findings.addAll(pages.findings());
        findings.add(new Finding(
                "file-time",
                OptionText.mean(fileCpu),
                "CPU of each file that the page names, by visits: " + fileCpu.text()
                        + "; its wall time has the client's reading in it: " + file.text()));
        findings.add(new Finding(
                "connect-time",
                OptionText.mean(connect),
                "from the upgrade to the server's ACK; the mean of: " + connect.text()));
        findings.add(new Finding(
                "pull-time", OptionText.mean(pull), "from PULL-DOC to its answer; the mean of: " + pull.text()));
        findings.add(new Finding(
                "answer-time",
                OptionText.mean(answers),
                String.format(
                        Locale.ROOT,
                        "the mean of a page's other messages. BrowserInfo's patches in a burst: %s."
                                + " document_ready, as a patch: %.1f ms; its own answer came after: %s",
                        patch.text(),
                        readyMs(),
                        answered.text())));
        findings.add(new Finding(
                "render-time",
                OptionText.spread(render),
                "from document_ready to the last loader's end, less its answer and what holds the loop: "
                        + render.text() + "; with these: " + drawn.text()));
        findings.add(new Finding("send-time", OptionText.ms(sendMs()), crowd.text() + ", less the answer"));
        findings.add(files(answers, render));
        return findings;
    }

    private Finding files(Sample answers, Sample render) {
        int visits = init.size();
        double held = sendMs() + fileCpu.mean() * file.size() / visits;
        for (Sample sample : List.of(init, connect, pull, answers)) {
            held += sample.mean() * sample.size() / visits;
        }
        String how = String.format(
                Locale.ROOT,
                "the page names %d; a whole visit holds the loop for %.0f ms by these times, beside %.0f ms of"
                        + " rendering, and used %.0f ms of CPU",
                file.size() / visits,
                held,
                render.mean(),
                cpuMs);
        return new Finding("files", file.size() > 4 * visits ? "panel" : "none", how);
    }
}
