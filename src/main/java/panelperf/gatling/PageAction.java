package panelperf.gatling;

import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.javaapi.core.internal.Expressions;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Step;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/**
 * One user opens one page.
 *
 * <p>Threads: Gatling calls {@link #execute} on the user's event loop; the browser answers on a thread of its own, where
 * the listener is told, and the user goes on at its event loop.
 */
final class PageAction extends UserAction {
    /**
     * Nobody reloads an error page a thousand times a second; ten users would otherwise drown a dead server, and the
     * journal, in 800 visits each second.
     */
    private static final long SOONEST_RETURN_MS = 1000;

    private final String page;
    private final Function<io.gatling.javaapi.core.Session, String> path;
    private final Map<String, Function<io.gatling.javaapi.core.Session, String>> headers = new TreeMap<>();
    private final Duration deadline;
    private final List<UserStep> steps;
    private final @Nullable String milestones;
    private final PanelProtocol protocol;
    private final VisitLog log;

    PageAction(
            String page,
            String path,
            Duration deadline,
            List<UserStep> steps,
            @Nullable String milestones,
            PanelProtocol protocol,
            CoreComponents core,
            Action next) {
        super("page-" + page, core, next);
        this.page = page;
        this.path = Expressions.expressionToJavaFunction(Expressions.toStringExpression(path));
        protocol.headers()
                .forEach((name, value) ->
                        headers.put(name, Expressions.expressionToJavaFunction(Expressions.toStringExpression(value))));
        this.deadline = deadline;
        this.steps = steps;
        this.milestones = milestones;
        this.protocol = protocol;
        this.log = new VisitLog(core.statsEngine(), page);
    }

    @Override
    public void execute(Session session) {
        long startNanos = protocol.ticker().nanos();
        long startMs = clock().nowMillis();
        String user = session.scenario() + "-" + session.userId();
        PageRequest request;
        try {
            request = new PageRequest(url(session), user, startNanos, deadline, headers(session), steps(session));
        } catch (RuntimeException e) {
            cannotBegin(session, startNanos, startMs, String.valueOf(e.getMessage()));
            return;
        }
        open(session, request, startMs);
    }

    private List<Step> steps(Session session) {
        var user = new io.gatling.javaapi.core.Session(session);
        return steps.stream().map(step -> step.of(user)).toList();
    }

    /** The simulation is wrong: its path or a value names what the user does not have. It is a visit all the same, and a failed one. */
    private void cannotBegin(Session session, long startNanos, long startMs, String problem) {
        VisitStart start = start(session, protocol.resolve("/"), startNanos);
        protocol.listener().started(start);
        ended(session, start, PageView.unseen(new Outcome.Failed(Cause.ENGINE, problem), 0, 0), startMs);
    }

    private VisitStart start(Session session, URI url, long startNanos) {
        return new VisitStart(
                page,
                session.userId(),
                iteration(session),
                url,
                protocol.timeline().epochMs(startNanos));
    }

    private void open(Session session, PageRequest request, long startMs) {
        VisitStart start = start(session, request.url(), request.intendedStartNanos());
        protocol.listener().started(start);
        try {
            protocol.browser().open(request, view -> ended(session, start, view, startMs));
        } catch (RuntimeException e) {
            // The port forbids it, but a user whose page never ends would hang the run.
            double elapsed = protocol.timeline().epochMs(protocol.ticker().nanos()) - start.intendedStartMs();
            Outcome outcome = Outcome.Failed.of(e);
            ended(session, start, PageView.unseen(outcome, elapsed, elapsed), startMs);
        }
    }

    private void ended(Session session, VisitStart start, PageView view, long startMs) {
        Visit visit = new Visit(start, protocol.browser().engine(), view);
        protocol.listener().ended(visit);
        try {
            session.eventLoop().execute(() -> goOn(session, visit, startMs));
        } catch (RejectedExecutionException e) {
            // Gatling has stopped; the visit is in the journal, and there is nobody left to go on.
            return;
        }
    }

    private void goOn(Session session, Visit visit, long startMs) {
        log.log(session, visit, startMs);
        long endMs = startMs + Math.round(visit.view().durationMs());
        Session after = saved(
                session.logGroupRequestTimings(startMs, endMs)
                        .set(iterationKey(), visit.start().iteration() + 1),
                visit.view());
        if (visit.pageLoaded()) {
            next().$bang(after);
        } else {
            long backMs =
                    Math.max(0, SOONEST_RETURN_MS - Math.round(visit.view().durationMs()));
            var unused = session.eventLoop()
                    .schedule(() -> next().$bang(after.markAsFailed()), backMs, TimeUnit.MILLISECONDS);
        }
    }

    private Session saved(Session session, PageView view) {
        if (milestones == null) {
            return session;
        }
        Map<String, Object> millis = new LinkedHashMap<>();
        view.milestones().millis().forEach((milestone, ms) -> millis.put(milestone.word(), ms));
        millis.put("load", view.loadMs());
        return session.set(milestones, Collections.unmodifiableMap(millis));
    }

    private RequestHeaders headers(Session session) {
        var javaSession = new io.gatling.javaapi.core.Session(session);
        Map<String, String> values = new TreeMap<>();
        headers.forEach((name, value) -> values.put(name, value.apply(javaSession)));
        return new RequestHeaders(values);
    }

    private URI url(Session session) {
        return protocol.resolve(path.apply(new io.gatling.javaapi.core.Session(session)));
    }

    private int iteration(Session session) {
        var javaSession = new io.gatling.javaapi.core.Session(session);
        return javaSession.contains(iterationKey()) ? javaSession.getInt(iterationKey()) : 0;
    }

    private String iterationKey() {
        return "panelperf.iteration." + page;
    }
}
