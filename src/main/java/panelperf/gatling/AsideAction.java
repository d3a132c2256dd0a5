package panelperf.gatling;

import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs something on a thread that may block; the user goes on at its event loop when it is done. */
final class AsideAction extends UserAction {
    private final String name;
    private final Runnable work;

    AsideAction(String name, Runnable work, CoreComponents core, Action next) {
        super("aside-" + name, core, next);
        this.name = name;
        this.work = work;
    }

    @Override
    public void execute(Session session) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                "aside-" + name);
        thread.setDaemon(true);
        thread.start();
        var unused = done.whenCompleteAsync((nothing, failure) -> goOn(session, failure), session.eventLoop());
    }

    private void goOn(Session session, @Nullable Throwable failure) {
        if (failure == null) {
            next().$bang(session);
        } else {
            core.statsEngine().logRequestCrash(session.scenario(), session.groups(), name, String.valueOf(failure));
            next().$bang(session.markAsFailed());
        }
    }
}
