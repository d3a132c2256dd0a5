package panelperf.rehearsal;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.Function;
import java.util.function.Predicate;
import panelperf.session.Hold;
import panelperf.session.ServerSession;
import panelperf.session.Work;

/**
 * What a server's handling of sessions does to visits, as the published study saw it on Panel 1.3.8.
 *
 * @param visits that load's users made in four minutes
 * @param spinnerP90Ms of the profile load
 * @param slowerWithUsers the spinner's p90 in load over its p90 for one user
 * @param slowerWithTime the spinner's p90 after load's first quarter of a minute over that within it, when none of load's
 *     sessions could have ended yet
 * @param initialisingAtOnce most sessions that were initialised at the same time
 * @param renderingAtOnce most deferred functions that ran at the same time
 * @param destroyingAtOnce most ends of sessions that held the loop at the same time
 * @param longestStallMs the longest time in which the loop did nothing but end sessions, before the last visit's end
 * @param renderDelayMs what a drawn page waited, on average, because sessions were ended
 * @param leastLingerMs the shortest time from a session's last close to its end
 * @param mostLingerMs the longest
 * @param mostLive most sessions that lived at the same time
 * @param drainMs from the last visit's end until no session lived
 */
public record Symptoms(
        int visits,
        double spinnerP90Ms,
        double slowerWithUsers,
        double slowerWithTime,
        int initialisingAtOnce,
        int renderingAtOnce,
        int destroyingAtOnce,
        double longestStallMs,
        double renderDelayMs,
        double leastLingerMs,
        double mostLingerMs,
        int mostLive,
        double drainMs) {

    /** Reads them off a run. */
    public static Symptoms of(Rehearsed run) {
        List<VisitTimes> load = run.of(Rehearsal.LOAD);
        long firstEnds = load.get(0).startNanos() + QUARTER_MINUTE;
        double early = p90(load, visit -> visit.startNanos() < firstEnds);
        double late = p90(load, visit -> visit.startNanos() >= firstEnds);
        LongSummaryStatistics linger = run.sessions().stream()
                .mapToLong(session -> session.destroyedNanos().orElseThrow()
                        - session.unusedSinceNanos().orElseThrow())
                .summaryStatistics();
        return new Symptoms(
                load.size(),
                run.spinnerMs(Rehearsal.LOAD, 90),
                run.spinnerMs(Rehearsal.LOAD, 90) / run.spinnerMs(Rehearsal.BASELINE, 90),
                late / early,
                mostAtOnce(run.sessions(), Symptoms::initialising),
                Rehearsed.mostAtOnce(run.uses().stream()
                        .map(use -> new Rehearsed.Stretch(use.startNanos(), use.endNanos()))
                        .toList()),
                Rehearsed.mostAtOnce(run.holdsOf(Work.DESTROY).stream()
                        .map(hold -> new Rehearsed.Stretch(hold.startNanos(), hold.endNanos()))
                        .toList()),
                longestStallNanos(run) / 1e6,
                renderDelayMs(run, load),
                linger.getMin() / 1e6,
                linger.getMax() / 1e6,
                mostAtOnce(run.sessions(), Symptoms::alive),
                (run.endNanos() - lastEnd(run)) / 1e6);
    }

    private static final long QUARTER_MINUTE = 15_000_000_000L;

    private static double p90(List<VisitTimes> load, Predicate<VisitTimes> which) {
        return Rehearsed.percentile(load.stream().filter(which).toList(), 90, VisitTimes::spinnerMs);
    }

    private static long lastEnd(Rehearsed run) {
        return run.visits().stream().mapToLong(VisitTimes::spinnerNanos).max().orElseThrow();
    }

    private static int mostAtOnce(List<ServerSession> sessions, Function<ServerSession, Rehearsed.Stretch> stretch) {
        return Rehearsed.mostAtOnce(sessions.stream().map(stretch).toList());
    }

    private static Rehearsed.Stretch initialising(ServerSession session) {
        return new Rehearsed.Stretch(
                session.createdNanos(), session.initialisedNanos().orElseThrow());
    }

    private static Rehearsed.Stretch alive(ServerSession session) {
        return new Rehearsed.Stretch(
                session.createdNanos(), session.destroyedNanos().orElseThrow());
    }

    /** Stretches of ends and collections with nothing that took time in between, while there are visits that it can delay. */
    private static double longestStallNanos(Rehearsed run) {
        long lastEnd = lastEnd(run);
        long longest = 0;
        long since = Long.MIN_VALUE;
        long until = Long.MIN_VALUE;
        for (Hold hold : run.holds()) {
            if (!isEnd(hold) || hold.startNanos() > lastEnd || hold.endNanos() == hold.startNanos()) {
                continue;
            }
            if (hold.startNanos() > until) {
                since = hold.startNanos();
            }
            until = hold.endNanos();
            longest = Math.max(longest, until - since);
        }
        return longest;
    }

    private static boolean isEnd(Hold hold) {
        return hold.work() == Work.DESTROY || hold.work() == Work.COLLECT;
    }

    /** How much of the time between a drawn page and its content the loop spent on ending sessions. */
    private static double renderDelayMs(Rehearsed run, List<VisitTimes> load) {
        List<Hold> ends = run.holds().stream().filter(Symptoms::isEnd).toList();
        return load.stream()
                        .mapToLong(visit -> ends.stream()
                                .mapToLong(hold -> overlap(hold, visit.readyNanos(), visit.spinnerNanos()))
                                .sum())
                        .average()
                        .orElse(0)
                / 1e6;
    }

    private static long overlap(Hold hold, long from, long to) {
        return Math.max(0, Math.min(hold.endNanos(), to) - Math.max(hold.startNanos(), from));
    }
}
