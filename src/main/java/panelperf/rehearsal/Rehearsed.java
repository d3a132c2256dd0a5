package panelperf.rehearsal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import panelperf.session.Hold;
import panelperf.session.Knobs;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.Work;
import panelperf.stats.Percentile;

/**
 * What a rehearsal left.
 *
 * @param knobs of the server
 * @param visits all that were made, in the order in which they ended
 * @param sessions all that there were, in the order in which they were destroyed
 * @param holds of the document loop, in order; never overlapping
 * @param uses of the render pool, in the order in which they ended
 * @param endNanos when the last session was destroyed
 */
public record Rehearsed(
        Knobs knobs,
        List<VisitTimes> visits,
        List<ServerSession> sessions,
        List<Hold> holds,
        List<PoolUse> uses,
        long endNanos) {
    public Rehearsed {
        visits = List.copyOf(visits);
        sessions = List.copyOf(sessions);
        holds = List.copyOf(holds);
        uses = List.copyOf(uses);
    }

    /** A percentile of the spinner's times in one profile, ms. */
    double spinnerMs(String scenario, double rank) {
        return percentile(of(scenario), rank, VisitTimes::spinnerMs);
    }

    /** The visits of one profile, in the order in which their users came. */
    List<VisitTimes> of(String scenario) {
        return visits.stream()
                .filter(visit -> visit.scenario().equals(scenario))
                .sorted(Comparator.comparingLong(VisitTimes::startNanos))
                .toList();
    }

    static double percentile(List<VisitTimes> visits, double rank, ToDoubleFunction<VisitTimes> figure) {
        OptionalDouble value =
                Percentile.of(rank, visits.stream().mapToDouble(figure).toArray());
        return value.orElseThrow(() -> new IllegalStateException("expected visits, found none"));
    }

    /** Holds by one kind of work that took time. */
    List<Hold> holdsOf(Work work) {
        return holds.stream()
                .filter(hold -> hold.work() == work && hold.endNanos() > hold.startNanos())
                .toList();
    }

    /** How many of some stretches of time there were at once at most; those that only touch do not count as one. */
    static int mostAtOnce(List<Stretch> stretches) {
        record Edge(long nanos, int change) {}
        List<Edge> edges = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.endNanos() > stretch.startNanos()) {
                edges.add(new Edge(stretch.startNanos(), 1));
                edges.add(new Edge(stretch.endNanos(), -1));
            }
        }
        edges.sort(Comparator.comparingLong(Edge::nanos).thenComparingInt(Edge::change));
        int now = 0;
        int most = 0;
        for (Edge edge : edges) {
            now += edge.change();
            most = Math.max(most, now);
        }
        return most;
    }

    /** From one instant to another. */
    record Stretch(long startNanos, long endNanos) {}
}
