package panelperf.gatling;

import io.gatling.commons.util.Clock;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.ExitableAction;
import io.gatling.core.action.SessionHook;
import io.gatling.core.session.Session;

/**
 * An action in Java. {@link SessionHook} is the one concrete class that already mixes in the Scala traits which an
 * action needs; its own function is never called, because {@link #execute} is overridden.
 */
abstract class UserAction extends SessionHook implements ExitableAction {
    final CoreComponents core;

    UserAction(String name, CoreComponents core, Action next) {
        super(null, name, core.statsEngine(), next);
        this.core = core;
    }

    @Override
    public abstract void execute(Session session);

    @Override
    public Clock clock() {
        return core.clock();
    }

    /** The exit check of {@link ExitableAction} must run before {@link SessionHook}'s crash guard. */
    @Override
    public void $bang(Session session) {
        ExitableAction.super.$bang(session);
    }

    /**
     * Scala's bridge to the super trait's method. It is synthetic, so javac neither asks for it nor takes an
     * {@code @Override}; without it the first user dies with an AbstractMethodError and the run hangs.
     */
    public void io$gatling$core$action$ExitableAction$$super$$bang(Session session) {
        super.$bang(session);
    }
}
