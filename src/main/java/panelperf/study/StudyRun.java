package panelperf.study;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import panelperf.generator.HealthMonitor;
import panelperf.journal.Journal;
import panelperf.journal.JournalReader;
import panelperf.report.ConsoleReport;
import panelperf.run.RunInfo;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.verdict.Threshold;
import panelperf.verdict.Verdict;
import panelperf.visit.Browser;
import panelperf.visit.PageView;
import panelperf.visit.Redaction;
import panelperf.visit.Visit;
import panelperf.visit.VisitListener;
import panelperf.visit.VisitStart;

/**
 * The parts of a run that live from its begin to its end, and their order: server, journal, browser.
 *
 * <p>Threads: {@link #end} and the shutdown hook may meet; whoever comes first ends the run, once.
 */
final class StudyRun {
    /** The check that fails a run whose journal is not whole, whatever the visits were like. */
    static final String JOURNAL_WRITTEN = "the journal was written";
    /** A browser ends its visits within a second of being told to. */
    private static final double LAST_WORDS_MS = 1000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Options options;
    private final List<Threshold> thresholds;
    private final Ticker ticker;
    private final Timeline timeline;
    private final RunDirectory directory;
    private final ServerUnderTest server;
    private final Journal journal;
    private final Browser browser;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Thread hook = new Thread(() -> end(true), "study-end");
    private final HealthMonitor health;
    private final Optional<PrintStream> terminal = Terminal.of(ProcessHandle.current());
    private final @Nullable Progress progress;
    private RunInfo info;
    private volatile @Nullable Settling settling;
    private volatile @Nullable Verdict judged;

    private StudyRun(
            Options options,
            List<Threshold> thresholds,
            Ticker ticker,
            Timeline timeline,
            RunDirectory directory,
            ServerUnderTest server,
            Journal journal,
            RunInfo info) {
        this.options = options;
        this.thresholds = thresholds;
        this.ticker = ticker;
        this.timeline = timeline;
        this.directory = directory;
        this.server = server;
        this.journal = journal;
        this.browser = Browsers.measured(options, ticker);
        this.info = info;
        this.health = new HealthMonitor(ticker, timeline, server::cpuMs, journal::health);
        this.progress = terminal.map(screen -> new Progress(screen, info.scenarios(), ticker))
                .orElse(null);
    }

    /** Finds or starts the server and opens the journal. */
    static StudyRun begin(
            String simulation, List<String> scenarios, Options options, List<Threshold> thresholds, Ticker ticker) {
        String pacing = Browsers.describe(options); // reads a calibration file, so that a bad one stops the run here
        Timeline timeline = Timeline.anchoredNow(ticker);
        RunDirectory directory = RunDirectory.make(options.results(), simulation, timeline.anchorEpochMs());
        ServerUnderTest server = ServerUnderTest.find(options, directory.targetLog());
        RunInfo info = new RunInfo(
                directory.id(),
                simulation,
                Redaction.of(server.url()),
                "not asked yet",
                scenarios,
                timeline.anchorEpochMs(),
                RunSettings.of(options, pacing),
                RunSettings.environment());
        try {
            Journal journal = Journal.open(directory.path(), info, System.err);
            StudyRun run = new StudyRun(options, thresholds, ticker, timeline, directory, server, journal, info);
            Runtime.getRuntime().addShutdownHook(run.hook);
            ParentWatch.watchMaven(ProcessHandle.current(), run::parentGone);
            return run;
        } catch (IOException e) {
            server.close();
            throw new StudyStopped("the journal in " + directory.path() + " cannot be written: " + e.getMessage()
                    + "; name another directory with -Dresults");
        }
    }

    URI url() {
        return server.url();
    }

    Browser browser() {
        return browser;
    }

    /** Whoever wants to know of visits: the journal first. */
    VisitListener listener() {
        return new VisitListener() {
            @Override
            public void started(VisitStart start) {
                underWay.incrementAndGet();
                journal.started(start);
                if (progress != null) {
                    progress.started(start);
                }
            }

            @Override
            public void ended(Visit visit) {
                journal.ended(visit);
                underWay.decrementAndGet();
                health.visitEnded(visit.view().queuedMs(), visit.view().jobDelayMs());
                if (progress != null) {
                    progress.ended(visit);
                }
            }
        };
    }

    Ticker ticker() {
        return ticker;
    }

    Timeline timeline() {
        return timeline;
    }

    /** Why the journal is not whole; empty while it is. */
    String journalFailure() {
        return journal.failure().orElse("");
    }

    /**
     * Who answers, whether one page of it loads, and a warm JVM.
     *
     * @throws StudyStopped when the study cannot go on; then everything that was begun has ended
     */
    void prepare() {
        try {
            Preflight preflight = new Preflight(server.url());
            Preflight.Answering answering = preflight.identify();
            info = info.withServer(answering.description() + (server.child() == null ? "" : ", started for this run"));
            settling = new Settling(
                    new ServerProbe(server.url(), answering.ours(), ticker),
                    ticker,
                    time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
            journal.describe(info);
            say("server", Redaction.of(server.url()) + ": " + info.server());
            say("browser", info.settings().getOrDefault("browser", ""));
            warmUp();
            PageView seen = preflight.visit(browser, ticker);
            say("preflight", String.format(Locale.ROOT, "one visit loaded in %.0f ms", seen.durationMs()));
            health.start();
        } catch (StudyStopped e) {
            if (endsByItself()) {
                journal.finish(true, String.valueOf(e.getMessage()), 1);
                giveBack();
            }
            throw e;
        }
    }

    private void warmUp() {
        if (!options.course().warmUp()) {
            return;
        }
        long begin = ticker.nanos();
        try (Browser unpaced = Browsers.unpaced(options, ticker)) {
            int visits = WarmUp.run(unpaced, ticker, directory.warmUpLog());
            double seconds = Timeline.millisBetween(begin, ticker.nanos()) / 1000;
            say("warm-up", String.format(Locale.ROOT, "%d visits to a target of our own in %.1f s", visits, seconds));
        }
    }

    /** Says that the baseline is under way. */
    void baseline(int visits) {
        say("baseline", visits + " visits by one user");
    }

    /** Waits until the server has got rid of the baseline's sessions. */
    void settle() {
        waitFor("settle", options.course().settle());
    }

    /** Says that the profiles are under way. */
    void profiles() {
        say("profiles", String.join(", ", info.scenarios()));
        if (progress != null) {
            progress.start();
        }
    }

    /** The profiles have ended; waits until the server has got rid of their sessions. */
    void drain(boolean wanted) {
        if (progress != null) {
            progress.close();
        }
        waitFor("drain", wanted && options.course().drain());
    }

    private void waitFor(String phase, boolean wanted) {
        Settling waiting = settling;
        if (!wanted || waiting == null) {
            return;
        }
        say(phase, "waiting until the server has destroyed its sessions");
        try {
            say(phase, waiting.await());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String what, String sentence) {
        out.println(String.format(Locale.ROOT, "%-10s %s", what, sentence));
    }

    /** The verdict of what the journal holds; the report at the end repeats it. */
    Verdict judge() {
        health.flush();
        Verdict verdict = Verdict.judge(read(false).run(), thresholds, options.strict());
        judged = verdict;
        return verdict;
    }

    private JournalReader.Reading read(boolean interrupted) {
        try {
            JournalReader.Reading reading = JournalReader.read(directory.path());
            return new JournalReader.Reading(reading.run().withInterrupted(interrupted), reading.warnings());
        } catch (IOException e) {
            throw new StudyStopped("the journal in " + directory.path() + " cannot be read: " + e.getMessage());
        }
    }

    /** The run has come to its end by itself. */
    void end() {
        end(false);
    }

    /** Whether this is the run's end; not when the process ends already: then what fails does so for that, and the hook reports. */
    private boolean endsByItself() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
        return ended.compareAndSet(false, true);
    }

    private void end(boolean interrupted) {
        if (interrupted ? !ended.compareAndSet(false, true) : !endsByItself()) {
            return;
        }
        if (interrupted) {
            // Before anything else: the target may be dying of the same signal, and that must not count as its fault.
            browser.interrupt();
            awaitVisits();
        }
        report(interrupted);
        giveBack();
    }

    /** Visits that were interrupted tell so soon, but not at once; what is read before that would lack their end. */
    private void awaitVisits() {
        long begin = ticker.nanos();
        while (underWay.get() > 0 && Timeline.millisBetween(begin, ticker.nanos()) < LAST_WORDS_MS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void report(boolean interrupted) {
        health.flush(); // a run that was stopped early has its first second at least
        health.close();
        if (progress != null) {
            progress.close();
        }
        JournalReader.Reading reading = read(interrupted);
        Verdict known = judged;
        Verdict verdict =
                known == null || interrupted ? Verdict.judge(reading.run(), thresholds, options.strict()) : known;
        journal.finish(interrupted, verdict.sentence(), journal.failure().isEmpty() ? verdict.exitCode() : 1);
        ConsoleReport.Extra extra = new ConsoleReport.Extra(
                List.of(directory.path().toString()), reading.warnings(), Terminal.palette(terminal));
        out.println();
        out.print(ConsoleReport.render(reading.run(), verdict, extra));
        journal.failure().ifPresent(out::println);
    }

    private void giveBack() {
        health.close();
        browser.close();
        journal.close();
        server.close();
    }

    private void parentGone() {
        System.err.println("the Maven that started this run is gone: the run ends");
        System.exit(143);
    }
}
