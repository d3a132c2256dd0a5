package panelperf.run;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import panelperf.visit.Cause;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.StepView;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/** Runs as they might have been, the same for the same seed. */
public final class Runs {
    public static final URI PAGE = URI.create("http://localhost:5555/");
    private static final double STARTED_MS = 1_795_000_000_000.0;

    private Runs() {}

    public static RunInfo info(String... scenarios) {
        Map<String, String> settings = new java.util.LinkedHashMap<>();
        settings.put("users", "10");
        settings.put("browser", "light, cold cache, pacing 300 + 50 ms");
        return new RunInfo(
                "load-1",
                "LoadSimulation",
                PAGE.toString(),
                "our target 0.1.0, preset native",
                List.of(scenarios),
                STARTED_MS,
                settings,
                Map.of("java", "17"));
    }

    /** One visit, ten at once, and 200 more; every tenth of the last fails or times out when {@code faulty}. */
    public static Run study(long seed, boolean faulty) {
        Random random = new Random(seed);
        List<Visit> visits = new ArrayList<>();
        visits.add(loaded("single", 1, 0, 320 + random.nextInt(20)));
        for (int user = 0; user < 10; user++) {
            visits.add(loaded("single_load", 2 + user, 0, 800 + random.nextInt(400)));
        }
        for (int i = 0; i < 200; i++) {
            boolean bad = faulty && i % 10 == 3;
            visits.add(
                    bad
                            ? broken(12 + i % 10, i / 10, i)
                            : loaded("load", 12 + i % 10, i / 10, 900 + random.nextInt(3000)));
        }
        return Run.of(
                        info("single", "single_load", "load"),
                        visits.stream().map(Visit::start).toList(),
                        visits,
                        false)
                .withHealth(watched());
    }

    /** An injector that was watched for two minutes from the run's start, and was never late. */
    public static List<HealthSample> watched() {
        return IntStream.rangeClosed(1, 120)
                .mapToObj(second -> new HealthSample(
                        STARTED_MS + 1000.0 * second, 1000, 1, 2, 100, OptionalDouble.of(20), 2, 0.3, 0.6))
                .toList();
    }

    public static Visit loaded(String scenario, long user, int iteration, double goneMs) {
        Map<Milestone, Double> at = new EnumMap<>(Milestone.class);
        at.put(Milestone.FIRST_BYTE, goneMs * 0.1);
        at.put(Milestone.HTML, goneMs * 0.11);
        at.put(Milestone.FCP_MODEL, goneMs * 0.5);
        at.put(Milestone.LCP_MODEL, goneMs * 0.8);
        at.put(Milestone.WS_OPEN, goneMs * 0.6);
        at.put(Milestone.ACK, goneMs * 0.61);
        at.put(Milestone.PULLED, goneMs * 0.7);
        at.put(Milestone.READY, goneMs * 0.85);
        at.put(Milestone.FIRST_PATCH, goneMs * 0.95);
        at.put(Milestone.SPINNER_GONE, goneMs);
        PageView view = new PageView(
                200,
                new Outcome.Loaded(),
                0.25,
                0.5,
                goneMs,
                new Milestones(at),
                new Loaders(2, 0),
                15,
                2_922_000,
                "s" + user);
        return new Visit(start(scenario, user, iteration), "light", view);
    }

    /** Loaded at 400 ms; then a step that took so long, or ended otherwise, and one that had nothing to send. */
    public static Visit stepped(String scenario, long user, int iteration, double stepMs, StepView.End end) {
        PageView view = loaded(scenario, user, iteration, 400).view();
        List<StepView> steps = new ArrayList<>();
        steps.add(new StepView("set Guests", 2400, stepMs, end));
        if (end == StepView.End.DONE) {
            steps.add(new StepView("set City", 2900 + stepMs, 0.5, StepView.End.UNCHANGED));
        }
        PageView walked = new PageView(
                200,
                end == StepView.End.DONE ? new Outcome.Loaded() : new Outcome.TimedOut("set Guests: answer"),
                0.25,
                0.5,
                3000 + stepMs,
                view.milestones(),
                view.loaders(),
                15,
                2_922_000,
                "s" + user,
                400,
                steps);
        return new Visit(start(scenario, user, iteration), "light", walked);
    }

    /**
     * The sessions of a run's visits, as Panel's admin page would tell of them: set up one after the other within each visit's
     * wait for its page, destroyed 20 s after its end, ten at a time; the last five are ambiguous or still live, and one more
     * is nobody's.
     */
    public static List<RecordedSession> sessions(Run run) {
        List<RecordedSession> sessions = new ArrayList<>();
        int n = run.visits().size();
        for (int i = 0; i < n; i++) {
            Visit visit = run.visits().get(i);
            double html = visit.start().intendedStartMs()
                    + visit.view().milestones().at(Milestone.HTML).orElse(40);
            boolean lives = i >= n - 2;
            double destroyed = STARTED_MS + 20_000 + 6_000 * (i / 10) + 40 * (i % 10);
            RecordedSession session = session(
                            "s" + i, html - 30, html - 1, lives ? OptionalDouble.empty() : OptionalDouble.of(destroyed))
                    .withFits(1 + i % 2);
            sessions.add(
                    i >= n - 5
                            ? session
                            : session.of(
                                    RecordedSession.VisitName.of(visit.start()), OptionalDouble.of(visit.endMs())));
        }
        sessions.add(session("other", STARTED_MS + 500, STARTED_MS + 590.5, OptionalDouble.of(STARTED_MS + 19_000)));
        return sessions;
    }

    private static RecordedSession session(
            String id, double createdMs, double initialisedMs, OptionalDouble destroyedMs) {
        return new RecordedSession(
                RecordedSession.Source.ADMIN_PAGE,
                id,
                thousandth(createdMs),
                OptionalDouble.of(thousandth(initialisedMs)),
                OptionalDouble.of(thousandth(initialisedMs + 100)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                destroyedMs,
                List.of(new RecordedSession.Span(thousandth(initialisedMs + 50), thousandth(initialisedMs + 60))),
                Optional.empty(),
                0);
    }

    /** As exact as a journal is. */
    private static double thousandth(double ms) {
        return Math.round(ms * 1000) / 1000.0;
    }

    public static Visit ended(String scenario, long user, Outcome outcome) {
        return new Visit(start(scenario, user, 0), "light", PageView.unseen(outcome, 0, 5));
    }

    public static VisitStart start(String scenario, long user, int iteration) {
        return new VisitStart(scenario, user, iteration, PAGE, STARTED_MS + 1000.0 * iteration + user);
    }

    private static Visit broken(long user, int iteration, int i) {
        Outcome outcome = i % 20 == 3
                ? new Outcome.Failed(Cause.WS_CLOSED, "code 1006: the server is gone")
                : new Outcome.TimedOut("spinner_gone");
        Milestones some = new Milestones(Map.of(Milestone.FIRST_BYTE, 40.0, Milestone.FCP_MODEL, 450.0));
        PageView view =
                new PageView(200, outcome, 0.25, 0.5, 60_000, some, new Loaders(2, 1), 15, 2_900_000, "x" + user);
        return new Visit(start("load", user, iteration), "light", view);
    }
}
