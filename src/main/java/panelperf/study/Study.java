package panelperf.study;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.aside;
import static panelperf.gatling.PanelDsl.checks;
import static panelperf.gatling.PanelDsl.page;
import static panelperf.gatling.PanelDsl.panel;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import panelperf.gatling.Check;
import panelperf.gatling.PanelProtocolBuilder;
import panelperf.run.Run;
import panelperf.time.Ticker;
import panelperf.verdict.Soundness;
import panelperf.verdict.Threshold;
import panelperf.verdict.Verdict;

/**
 * The course of one run, and the words with which a simulation says it.
 *
 * <p>Threads: Gatling's main thread calls {@link #prepare} and {@link #end}; the verdict is asked for on a thread that
 * may block.
 */
public final class Study {
    private static final String VERDICT = "verdict";
    /** As many as a relative figure needs to have a spread. */
    private static final int BASELINE_VISITS = 20;

    private static final Duration BASELINE_DEADLINE = Duration.ofSeconds(60);
    private static final double USERS_A_NEWCOMER = 10;

    private final Options options;
    private final List<String> scenarios;
    private final List<Threshold> thresholds;
    private final StudyRun run;

    private Study(Options options, List<String> scenarios, List<Threshold> thresholds, StudyRun run) {
        this.options = options;
        this.scenarios = scenarios;
        this.thresholds = thresholds;
        this.run = run;
    }

    /** Reads the options, finds or starts the server, and opens the journal. */
    static Study begin(String simulation, TargetKnobs usual, String... scenarios) {
        Map<String, String> properties = properties();
        Option.nearMisses(properties.keySet()).forEach(System.err::println);
        Options options = Options.read(properties);
        List<String> names = List.of(scenarios);
        List<String> running = options.profilesOf(names);
        List<Threshold> thresholds = LimitOption.thresholds(running, options.limits());
        StudyRun run = StudyRun.begin(simulation, running, options, usual, thresholds, Ticker.system());
        return new Study(options, names, thresholds, run);
    }

    private static Map<String, String> properties() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, all::getProperty));
    }

    /** The users of single_load and of load. */
    public int users() {
        return options.users();
    }

    /** How many come each second where an injection is open: one for ten users, so that their number scales all of the load. */
    public double newcomersPerSecond() {
        return options.users() / USERS_A_NEWCOMER;
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
        PanelProtocolBuilder protocol = panel.baseUrl(run.url().toString())
                .browser(run.browser())
                .listener(run.listener())
                .clock(run.ticker(), run.timeline());
        for (Map.Entry<String, String> header : options.headers().values().entrySet()) {
            // Here a value is what it says, whatever it would be in Gatling's expression language.
            protocol = protocol.header(header.getKey(), header.getValue().replace("#{", "##{"));
        }
        return protocol;
    }

    /**
     * The profiles side by side, and the verdict once the last visit of all of them has ended. A study of several profiles
     * begins with the baseline, gives the server time to destroy its sessions, and at the end to destroy the profiles'.
     *
     * <p>The profiles hang on a scenario of one user, because only {@code a.andThen(b, c).andThen(d)} is a true join in
     * Gatling: {@code d} chained to {@code c} alone would not wait for a visit that hangs in {@code b}.
     *
     * @param profiles in the order of the names with which the simulation was begun; what {@code -Dprofiles} leaves out does
     *     not run
     */
    public PopulationBuilder course(PopulationBuilder... profiles) {
        if (profiles.length != scenarios.size()) {
            throw new IllegalArgumentException("course: expected a population for each of " + scenarios + ", found "
                    + profiles.length + "; name them in super(…) in the same order");
        }
        List<String> running = options.profilesOf(scenarios);
        PopulationBuilder[] chosen = IntStream.range(0, profiles.length)
                .filter(i -> running.contains(scenarios.get(i)))
                .mapToObj(i -> profiles[i])
                .toArray(PopulationBuilder[]::new);
        boolean whole = scenarios.size() > 1;
        ScenarioBuilder first = whole && options.course().baseline() ? baseline() : scenario("start");
        ScenarioBuilder last =
                scenario(VERDICT).exec(aside("drain", () -> run.drain(whole))).exec(checks(VERDICT, this::verdict));
        return first.exec(aside("profiles", run::profiles))
                .injectOpen(atOnceUsers(1))
                .andThen(chosen)
                .andThen(last.injectOpen(atOnceUsers(1)));
    }

    private ScenarioBuilder baseline() {
        return scenario(Run.BASELINE)
                .exec(aside(Run.BASELINE, () -> run.baseline(BASELINE_VISITS)))
                .repeat(BASELINE_VISITS)
                .on(page(Run.BASELINE).open("/").timeout(deadline(BASELINE_DEADLINE)))
                .exec(aside("settle", run::settle));
    }

    private List<Check> verdict() {
        Verdict verdict = run.judge();
        Check inTime = new Check(
                Soundness.NAME,
                verdict.soundness().sound(),
                String.join("; ", verdict.soundness().faults()));
        Check written = new Check(StudyRun.JOURNAL_WRITTEN, run.journalFailure().isEmpty(), run.journalFailure());
        Stream<Check> judged = verdict.judgements().stream()
                .map(judgement -> new Check(
                        judgement.name(),
                        verdict.valid(judgement) && verdict.passes(judgement),
                        verdict.valid(judgement) ? judgement.found() : "INVALID"));
        return Stream.concat(judged, Stream.of(inTime, written)).toList();
    }

    /**
     * One assertion a threshold: that the verdict's check of this name exists and did not fail. A check that is missing
     * fails too, because Gatling finds no statistics for its path.
     */
    public Assertion[] assertions() {
        return Stream.concat(
                        thresholds.stream().map(Threshold::name), Stream.of(Soundness.NAME, StudyRun.JOURNAL_WRITTEN))
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
