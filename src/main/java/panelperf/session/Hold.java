package panelperf.session;

import java.util.Optional;

/**
 * One stretch of the document loop's time. Instants are nanoseconds on the server's ticker, in order.
 *
 * @param work what the loop did
 * @param session whose work it was; empty where it was no session's
 * @param queuedNanos when it was asked for
 * @param startNanos when its turn came; before that it waited for the loop
 * @param endNanos when the loop was free again
 */
public record Hold(Work work, Optional<SessionKey> session, long queuedNanos, long startNanos, long endNanos) {
    public Hold {
        if (queuedNanos > startNanos || startNanos > endNanos) {
            throw new IllegalArgumentException("hold of " + work + ": expected queued <= start <= end, found "
                    + queuedNanos + ", " + startNanos + ", " + endNanos);
        }
    }
}
