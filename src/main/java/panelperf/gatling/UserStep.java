package panelperf.gatling;

import io.gatling.javaapi.core.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Step;

/**
 * A step whose values are still to be taken from a user's session.
 *
 * @param maker makes the step
 * @param waits whether it can wait until the page is idle, which think time cannot
 * @param quiet as in {@link Step#quiet()}
 */
record UserStep(Maker maker, boolean waits, @Nullable Duration quiet) {
    /** Makes the step of one user. */
    @FunctionalInterface
    interface Maker {
        Step make(Session session, @Nullable Duration quiet);
    }

    Step of(Session session) {
        return maker.make(session, quiet);
    }
}
