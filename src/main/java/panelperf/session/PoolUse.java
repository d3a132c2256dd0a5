package panelperf.session;

/**
 * One place of the render pool, occupied from its start to its end. Instants are nanoseconds on the server's ticker, in
 * order.
 *
 * @param session whose deferred function ran
 * @param part which of its deferred functions, from 0
 * @param queuedNanos when a client had drawn the page
 * @param startNanos when a place came free; before that it waited for the pool
 * @param endNanos when the function had ended
 */
public record PoolUse(SessionKey session, int part, long queuedNanos, long startNanos, long endNanos) {
    public PoolUse {
        if (queuedNanos > startNanos || startNanos > endNanos) {
            throw new IllegalArgumentException("use of the pool by session " + session.id()
                    + ": expected queued <= start <= end, found " + queuedNanos + ", " + startNanos + ", " + endNanos);
        }
    }
}
