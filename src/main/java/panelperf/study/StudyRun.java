package panelperf.study;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import panelperf.canary.Access;
import panelperf.canary.Canary;
import panelperf.canary.InstalledChromium;
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
 * The parts of a run that live from its begin to its end, and their order: journal, server, browser.
 *
 * <p>Threads: Gatling's main thread begins, prepares and ends the run; its phases speak on threads that may block; the
 * shutdown hook ends a run that is stopped. Who ends it is {@link Ending}'s to say.
 */
final class StudyRun {
    /** The check that fails a run whose journal is not whole, whatever the visits were like. */
    static final String JOURNAL_WRITTEN = "the journal was written";
    /** A browser ends its visits within a second of being told to. */
    private static final double LAST_WORDS_MS = 1000;

    private final Announcements console = new Announcements(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    private final Options options;
    private final List<Threshold> thresholds;
    private final Ticker ticker;
    private final Timeline timeline;
    private final RunDirectory directory;
    private final Journal journal;
    private final Browser browser;
    private final Holdings holdings = new Holdings();
    private final Ending ending = new Ending();
    private final Thread hook = new Thread(this::stopped, "study-end");
    private final AtomicInteger underWay = new AtomicInteger();
    private final HealthMonitor health;
    private final Optional<PrintStream> terminal = Terminal.of(ProcessHandle.current());
    private final @Nullable Progress progress;
    private volatile ServerUnderTest server;
    private volatile RunInfo info;
    private volatile @Nullable Settling settling;
    private volatile @Nullable ServerSide serverSide;
    private volatile @Nullable Canary canary;
    private volatile @Nullable Verdict judged;

    private StudyRun(
            Options options,
            List<Threshold> thresholds,
            Ticker ticker,
            Timeline timeline,
            RunDirectory directory,
            Journal journal,
            RunInfo info) {
        this.options = options;
        this.thresholds = thresholds;
        this.ticker = ticker;
        this.timeline = timeline;
        this.directory = directory;
        this.server = ServerUnderTest.expected(options);
        this.journal = holdings.hold(journal);
        this.browser = holdings.hold(Browsers.measured(options, ticker));
        this.info = info;
        this.health = holdings.hold(new HealthMonitor(ticker, timeline, () -> server.cpuMs(), journal::health));
        this.progress = terminal.map(screen -> new Progress(screen, info.scenarios(), ticker))
                .orElse(null);
    }

    /** Opens the journal, then finds or starts the server: from the first moment on, a run that is stopped says so. */
    static StudyRun begin(
            String simulation,
            List<String> scenarios,
            Options options,
            TargetKnobs usual,
            List<Threshold> thresholds,
            Ticker ticker) {
        String pacing = Browsers.describe(options); // reads a calibration file, so that a bad one stops the run here
        Timeline timeline = Timeline.anchoredNow(ticker);
        RunDirectory directory = RunDirectory.make(options.results(), simulation, timeline.anchorEpochMs());
        RunInfo info = new RunInfo(
                directory.id(),
                simulation,
                Redaction.of(ServerUnderTest.expected(options).url()),
                "not asked yet",
                scenarios,
                timeline.anchorEpochMs(),
                RunSettings.of(options, pacing),
                RunSettings.environment());
        Journal journal = open(directory, info);
        StudyRun run = new StudyRun(options, thresholds, ticker, timeline, directory, journal, info);
        Runtime.getRuntime().addShutdownHook(run.hook);
        ParentWatch.watchMaven(ProcessHandle.current(), run::parentGone);
        run.orEnd(() -> run.findServer(usual));
        return run;
    }

    private static Journal open(RunDirectory directory, RunInfo info) {
        try {
            return Journal.open(directory.path(), info, System.err);
        } catch (IOException e) {
            throw new StudyStopped("the journal in " + directory.path() + " cannot be written: " + e.getMessage()
                    + "; name another directory with -Dresults");
        }
    }

    private void findServer(TargetKnobs usual) {
        ServerUnderTest found = ServerUnderTest.find(options, usual, directory.targetLog(), holdings);
        server = found;
        console.say("preflight", "asking who answers at " + Redaction.of(found.url()));
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
                startCanary(start);
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
     * Who answers, a warm JVM, and whether one page loads.
     *
     * @throws StudyStopped when the study cannot go on; then everything that was begun has ended
     */
    void prepare() {
        orEnd(() -> {
            ServerUnderTest found = server;
            Asking asking = new Asking(options);
            Preflight preflight = new Preflight(found.url(), asking, options.headers());
            identified(found, asking, preflight.identify());
            warmUp();
            // Not before the warm-up: the visit's session is destroyed 15 to 32 s after it, and that would meet the
            // baseline.
            if (options.full()) {
                console.say(
                        "preflight",
                        "the page's scripts, transpiled where they are not yet, and visits that take them up");
            }
            PageView seen = preflight.visit(browser, ticker);
            console.say("preflight", String.format(Locale.ROOT, "one visit loaded in %.0f ms", seen.durationMs()));
            health.start();
        });
    }

    private void identified(ServerUnderTest found, Asking asking, Preflight.Answering answering) {
        String address = Redaction.of(found.url());
        RunInfo known = info.withServer(
                address, answering.description() + (found.child() == null ? "" : ", started for this run"));
        info = known;
        settling = new Settling(
                new ServerProbe(found.url(), answering.ours(), ticker, asking),
                ticker,
                time -> TimeUnit.MILLISECONDS.sleep(time.toMillis()));
        serverSide = new ServerSide(found.url(), answering.ours(), ticker, timeline, options.headers(), options.tls());
        journal.describe(known);
        console.say("server", address + ": " + known.server());
        console.say("browser", known.settings().getOrDefault("browser", ""));
        if (options.canary()) {
            Optional<InstalledChromium> installed = InstalledChromium.find(System.getenv("PATH"));
            canary = Canaries.find(
                            installed,
                            new Access(options.headers(), options.tls()),
                            found.url(),
                            lastProfile(),
                            ticker,
                            timeline,
                            journal::canary,
                            console)
                    .map(holdings::hold)
                    .orElse(null);
        }
    }

    private void warmUp() {
        if (!options.course().warmUp()) {
            return;
        }
        console.say("warm-up", "visits to a target of our own, until CPU a visit settles");
        try (Browser unpaced = holdings.hold(Browsers.unpaced(options, ticker))) {
            WarmUp.Warmed warmed = WarmUp.run(unpaced, ticker, directory.warmUpLog(), holdings);
            console.say("warm-up", warmed.sentence());
        }
    }

    /** A part that cannot go on ends the run; one that fails because the run was stopped has nothing to say. */
    private void orEnd(Runnable part) {
        try {
            part.run();
        } catch (StudyStopped e) {
            ending.end(Ending.State.CANNOT_GO_ON, () -> {
                journal.finish(true, String.valueOf(e.getMessage()), 1);
                holdings.close();
            });
            leaveToTheHook();
            throw e;
        }
    }

    /**
     * Does not return when the run was stopped: the process ends, the hook has reported, and Gatling would print a crash
     * over that.
     */
    private void leaveToTheHook() {
        while (ending.state() == Ending.State.STOPPED) {
            LockSupport.park(this);
        }
    }

    /** Says that the baseline is under way. */
    void baseline(int visits) {
        console.say("baseline", visits + " visits by one user");
    }

    /** Waits until the server has got rid of the baseline's sessions. */
    void settle() {
        waitFor("settle", options.course().settle());
    }

    /** Says that the profiles are under way. */
    void profiles() {
        console.say("profiles", String.join(", ", info.scenarios()));
        if (progress != null) {
            progress.start();
        }
    }

    /**
     * The one that a canary flies beside, and that lasts: a browser takes a core for a second or two, of which single and
     * single_load would have nothing left but their INVALID.
     */
    private String lastProfile() {
        return info.scenarios().get(info.scenarios().size() - 1);
    }

    private void startCanary(VisitStart first) {
        Canary beside = canary;
        if (beside != null && first.scenario().equals(lastProfile())) {
            beside.start();
        }
    }

    /** The profiles have ended; waits until the server has got rid of their sessions. */
    void drain(boolean wanted) {
        endCanary(); // its sessions are waited for, too
        if (progress != null) {
            progress.close();
        }
        waitFor("drain", wanted && options.course().drain());
        askForSessions();
    }

    /** Not before the load is over, and once: an admin page that is or was open makes a Panel server slower. */
    private void askForSessions() {
        ServerSide asked = serverSide;
        if (!options.course().serverSide() || asked == null) {
            return;
        }
        try {
            ServerSide.Told told = asked.ask(read(false).run().visits(), info.startedMs());
            if (!told.sessions().isEmpty()) {
                journal.sessions(told.sessions());
            }
            console.say(ServerSide.PHASE, told.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endCanary() {
        Canary beside = canary;
        if (beside != null) {
            beside.close();
        }
    }

    private void waitFor(String phase, boolean wanted) {
        Settling waiting = settling;
        if (!wanted || waiting == null) {
            return;
        }
        console.say(phase, "waiting until the server has destroyed its sessions");
        try {
            console.say(phase, waiting.await());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        ending.end(Ending.State.COMPLETE, () -> lastWords(false));
        leaveToTheHook();
        forgetHook();
    }

    /** The process ends, by a signal or otherwise: nothing to do where the run has ended before. */
    private void stopped() {
        ending.end(Ending.State.STOPPED, () -> {
            // Before anything else: the server may be dying of the same signal, and that must not count as its fault.
            browser.interrupt();
            endCanary();
            awaitVisits();
            lastWords(true);
        });
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already. The hook finds the run ended, too.
            return;
        }
    }

    private void lastWords(boolean interrupted) {
        try {
            report(interrupted);
        } finally {
            holdings.close();
        }
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
        String failure = journal.failure().map(sentence -> sentence + "\n").orElse("");
        console.last(ConsoleReport.render(reading.run(), verdict, extra) + failure);
    }

    private void parentGone() {
        System.err.println("the Maven that started this run is gone: the run ends");
        System.exit(143);
    }
}
