package panelperf.study;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.checks;
import static panelperf.gatling.PanelDsl.panel;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import panelperf.gatling.Check;
import panelperf.gatling.PanelProtocolBuilder;
import panelperf.time.Ticker;
import panelperf.verdict.StudyThresholds;
import panelperf.verdict.Threshold;

/**
 * The course of one run, and the words with which a simulation says it.
 *
 * <p>Threads: Gatling's main thread calls {@link #prepare} and {@link #end}; the verdict is asked for on a thread that
 * may block.
 */
public final class Study {
    private static final String VERDICT = "verdict";

    private final Options options;
    private final List<Threshold> thresholds;
    private final StudyRun run;

    private Study(Options options, List<Threshold> thresholds, StudyRun run) {
        this.options = options;
        this.thresholds = thresholds;
        this.run = run;
    }

    /** Reads the options, finds or starts the server, and opens the journal. */
    static Study begin(String simulation, String... scenarios) {
        Options options = Options.read(System::getProperty);
        List<Threshold> thresholds = StudyThresholds.forScenarios(List.of(scenarios));
        return new Study(
                options,
                thresholds,
                StudyRun.begin(simulation, List.of(scenarios), options, thresholds, Ticker.system()));
    }

    /** The users of single_load and of load. */
    public int users() {
        return options.users();
    }

    /** How long the users of load go on. */
    public Duration duration() {
        return options.duration();
    }

    /** How long a visit may take: {@code -Dtimeout}, or what the profile says. */
    public Duration deadline(Duration profile) {
        return options.deadlineOr(profile);
    }

    /** The protocol {@code panel}, told of this run's server, browser, clock and journal. */
    public PanelProtocolBuilder protocol() {
        return panel.baseUrl(run.url().toString())
                .browser(run.browser())
                .listener(run.listener())
                .clock(run.ticker(), run.timeline());
    }

    /**
     * The profiles side by side, and the verdict once the last visit of all of them has ended.
     *
     * <p>The profiles hang on a scenario that does nothing, because only {@code a.andThen(b, c).andThen(d)} is a true
     * join in Gatling: {@code d} chained to {@code c} alone would not wait for a visit that hangs in {@code b}.
     */
    public PopulationBuilder course(PopulationBuilder... profiles) {
        PopulationBuilder start = scenario("start").exec(session -> session).injectOpen(atOnceUsers(1));
        PopulationBuilder verdict =
                scenario(VERDICT).exec(checks(VERDICT, this::verdict)).injectOpen(atOnceUsers(1));
        return start.andThen(profiles).andThen(verdict);
    }

    private List<Check> verdict() {
        Check written = new Check(StudyRun.JOURNAL_WRITTEN, run.journalFailure().isEmpty(), run.journalFailure());
        Stream<Check> judged = run.judge().judgements().stream()
                .map(judgement -> new Check(judgement.name(), judgement.met(), judgement.found()));
        return Stream.concat(judged, Stream.of(written)).toList();
    }

    /**
     * One assertion a threshold: that the verdict's check of this name exists and did not fail. A check that is missing
     * fails too, because Gatling finds no statistics for its path.
     */
    public Assertion[] assertions() {
        return Stream.concat(thresholds.stream().map(Threshold::name), Stream.of(StudyRun.JOURNAL_WRITTEN))
                .map(name -> details(VERDICT, name).failedRequests().count().is(0L))
                .toArray(Assertion[]::new);
    }

    /** Before the load: who answers, whether one page loads, and a warm JVM. */
    void prepare() {
        run.prepare();
    }

    /** After the load: the report. */
    void end() {
        run.end();
    }
}
