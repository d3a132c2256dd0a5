package panelperf.gatling;

import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.javaapi.core.internal.Converters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import scala.Option;

/** Asks for the checks on a thread that may block, and logs them on the user's event loop. */
final class ChecksAction extends UserAction {
    private final String group;
    private final Supplier<List<Check>> checks;

    ChecksAction(String group, Supplier<List<Check>> checks, CoreComponents core, Action next) {
        super("checks-" + group, core, next);
        this.group = group;
        this.checks = checks;
    }

    @Override
    public void execute(Session session) {
        long startMs = clock().nowMillis();
        var unused = CompletableFuture.supplyAsync(checks)
                .exceptionally(failure -> List.of(new Check(group, false, String.valueOf(failure.getCause()))))
                .thenAcceptAsync(
                        found -> {
                            found.forEach(check -> log(session, check, startMs));
                            next().$bang(session);
                        },
                        session.eventLoop());
    }

    private void log(Session session, Check check, long startMs) {
        core.statsEngine()
                .logResponse(
                        session.scenario(),
                        Converters.toScalaSeq(List.of(group)).toList(),
                        check.name(),
                        startMs,
                        clock().nowMillis(),
                        check.holds() ? OK$.MODULE$ : KO$.MODULE$,
                        Option.empty(),
                        Option.apply(check.holds() ? null : check.found()));
    }
}
