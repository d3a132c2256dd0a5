package panelperf.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Outcome;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/**
 * What one run recorded.
 *
 * @param info what it was
 * @param visits those that ended, in the order of their end
 * @param unfinished those that were started and have no end, in the order of their start
 * @param health how the injector was, in the order of time; empty when nobody looked
 * @param sessions what the server told of its own, oldest first; empty when it told nothing
 * @param canary what one real browser saw beside the load, in the order of time; counted nowhere else
 * @param interrupted whether it was stopped before its end, so that it is only a part
 */
public record Run(
        RunInfo info,
        List<Visit> visits,
        List<VisitStart> unfinished,
        List<HealthSample> health,
        List<RecordedSession> sessions,
        List<CanaryVisit> canary,
        boolean interrupted) {
    /** The scenario of one user's visits before the profiles, to which they are compared; no profile itself. */
    public static final String BASELINE = "baseline";

    public Run {
        visits = List.copyOf(visits);
        unfinished = List.copyOf(unfinished);
        health = List.copyOf(health);
        sessions = List.copyOf(sessions);
        canary = List.copyOf(canary);
    }

    /** Joins starts and ends; an end without its start counts as started too. */
    public static Run of(RunInfo info, List<VisitStart> starts, List<Visit> visits, boolean interrupted) {
        Set<List<Object>> ended = new HashSet<>();
        visits.forEach(visit -> ended.add(key(visit.start())));
        List<VisitStart> unfinished =
                starts.stream().filter(start -> !ended.contains(key(start))).toList();
        return new Run(info, visits, unfinished, List.of(), List.of(), List.of(), interrupted);
    }

    /** The same run with what the injector recorded of itself. */
    public Run withHealth(List<HealthSample> samples) {
        return new Run(info, visits, unfinished, samples, sessions, canary, interrupted);
    }

    /** The same run with what the server told of its sessions. */
    public Run withSessions(List<RecordedSession> told) {
        return new Run(info, visits, unfinished, health, told, canary, interrupted);
    }

    /** The same run with what a real browser saw beside it. */
    public Run withCanary(List<CanaryVisit> seen) {
        return new Run(info, visits, unfinished, health, sessions, seen, interrupted);
    }

    private static List<Object> key(VisitStart start) {
        return List.of(start.scenario(), start.user(), start.iteration());
    }

    /** The same run, known to be only a part, or whole. */
    public Run withInterrupted(boolean stopped) {
        return new Run(info, visits, unfinished, health, sessions, canary, stopped);
    }

    /** The part of one scenario. */
    public Run of(String scenario) {
        return part(scenario::equals);
    }

    /** The part that is judged: the visits of its profiles, without those of the baseline. */
    public Run profiles() {
        return part(info.scenarios()::contains);
    }

    private Run part(Predicate<String> scenario) {
        return new Run(
                info,
                visits.stream()
                        .filter(visit -> scenario.test(visit.start().scenario()))
                        .toList(),
                unfinished.stream()
                        .filter(start -> scenario.test(start.scenario()))
                        .toList(),
                health,
                sessions,
                canary,
                interrupted);
    }

    /** How the injector was from the first of these visits' starts to the last one's end; empty without visits. */
    public List<HealthSample> healthDuring() {
        double begin = Double.POSITIVE_INFINITY;
        double end = Double.NEGATIVE_INFINITY;
        for (Visit visit : judgedVisits()) {
            begin = Math.min(begin, visit.start().intendedStartMs());
            end = Math.max(end, visit.endMs());
        }
        double from = begin;
        double to = end;
        return health.stream()
                .filter(sample -> sample.endMs() > from && sample.endMs() - sample.periodMs() < to)
                .toList();
    }

    /** How the visits ended. */
    public Counts counts() {
        int loaded = 0;
        int failed = 0;
        int timedOut = 0;
        int interruptions = 0;
        for (Visit visit : visits) {
            Outcome outcome = visit.view().outcome();
            loaded += outcome instanceof Outcome.Loaded ? 1 : 0;
            failed += outcome instanceof Outcome.Failed ? 1 : 0;
            timedOut += outcome instanceof Outcome.TimedOut ? 1 : 0;
            interruptions += outcome instanceof Outcome.Interrupted ? 1 : 0;
        }
        int started = visits.size() + unfinished.size();
        return new Counts(started, loaded, failed, timedOut, interruptions, unfinished.size());
    }

    /** The visits that ended and were not interrupted. */
    public List<Visit> judgedVisits() {
        return visits.stream()
                .filter(visit -> !(visit.view().outcome() instanceof Outcome.Interrupted))
                .toList();
    }

    /** Why visits did not load, most frequent first, each with its number and one example. */
    public List<CauseCount> causes() {
        Map<String, List<Visit>> byCause = new LinkedHashMap<>();
        for (Visit visit : judgedVisits()) {
            String cause = cause(visit.view().outcome());
            if (!cause.isEmpty()) {
                byCause.computeIfAbsent(cause, word -> new ArrayList<>()).add(visit);
            }
        }
        return byCause.entrySet().stream()
                .map(entry -> new CauseCount(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().get(0)))
                .sorted((a, b) -> Integer.compare(b.count(), a.count()))
                .toList();
    }

    private static String cause(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.cause();
        }
        return outcome instanceof Outcome.TimedOut ? "deadline" : "";
    }

    /**
     * How often visits failed for one cause.
     *
     * @param cause its word; {@code deadline} for visits that timed out
     * @param example the first of them
     */
    public record CauseCount(String cause, int count, Visit example) {}
}
