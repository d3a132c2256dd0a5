package panelperf.gatling;

import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import io.gatling.javaapi.core.internal.Converters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.StepView;
import panelperf.visit.Visit;
import scala.Option;

/** Tells Gatling's statistics of a visit. On the user's event loop, once a visit. */
final class VisitLog {
    private final StatsEngine stats;
    private final String page;

    VisitLog(StatsEngine stats, String page) {
        this.stats = stats;
        this.page = page;
    }

    /**
     * The checks, always, whose time is the load's; the milestones that happened; the steps that were begun, but for those
     * that had nothing to send; and the group, whose time is the visit's.
     *
     * @param startMs the intended start on Gatling's clock, ms since the epoch
     */
    void log(Session session, Visit visit, long startMs) {
        scala.collection.immutable.List<String> groups = groups(session);
        long endMs = startMs + Math.round(visit.view().durationMs());
        long loadedMs = startMs + Math.round(visit.view().loadMs());
        String problem = problem(visit.view().outcome());
        request(session, groups, "server responded", startMs, loadedMs, visit.serverResponded() ? null : problem);
        request(session, groups, "page loaded", startMs, loadedMs, visit.pageLoaded() ? null : problem);
        for (Milestone milestone : Milestone.values()) {
            visit.view()
                    .milestones()
                    .at(milestone)
                    .ifPresent(
                            ms -> request(session, groups, title(milestone), startMs, startMs + Math.round(ms), null));
        }
        for (StepView step : visit.view().steps()) {
            if (step.end() != StepView.End.UNCHANGED) {
                long begunMs = startMs + Math.round(step.startMs());
                long doneMs = begunMs + Math.round(step.durationMs());
                request(
                        session,
                        groups,
                        step.name(),
                        begunMs,
                        doneMs,
                        step.end() == StepView.End.DONE ? null : problem);
            }
        }
        Status status = visit.pageLoaded() ? OK$.MODULE$ : KO$.MODULE$;
        stats.logGroupEnd(session.scenario(), new GroupBlock(groups, startMs, (int) (endMs - startMs), status), endMs);
    }

    private void request(
            Session session,
            scala.collection.immutable.List<String> groups,
            String name,
            long startMs,
            long endMs,
            @Nullable String problem) {
        Status status = problem == null ? OK$.MODULE$ : KO$.MODULE$;
        stats.logResponse(
                session.scenario(), groups, name, startMs, endMs, status, Option.empty(), Option.apply(problem));
    }

    private scala.collection.immutable.List<String> groups(Session session) {
        List<String> names = new ArrayList<>(Converters.toJavaList(session.groups()));
        names.add(page);
        return Converters.toScalaSeq(names).toList();
    }

    /** Short and without the visit's particulars: Gatling counts errors by their whole text. */
    private static String problem(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.cause();
        }
        if (outcome instanceof Outcome.TimedOut timedOut) {
            return "timed out waiting for " + timedOut.waitingFor();
        }
        return outcome.word();
    }

    private static String title(Milestone milestone) {
        return switch (milestone) {
            case FIRST_BYTE -> "first byte";
            case HTML -> "HTML";
            case FCP_MODEL -> "FCP (model)";
            case LCP_MODEL -> "LCP (model)";
            case WS_OPEN -> "websocket open";
            case ACK -> "ACK";
            case PULLED -> "document pulled";
            case READY -> "document ready";
            case FIRST_PATCH -> "first patch";
            case SPINNER_GONE -> "spinner gone";
        };
    }
}
