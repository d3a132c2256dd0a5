package panelperf.target.admin;

import java.util.List;
import java.util.Optional;
import panelperf.session.SessionKey;
import panelperf.session.Work;

/**
 * The document loop did one kind of work for so long that others waited.
 *
 * @param number which stall it is, from 1
 * @param session whose work it was, the first where it was several sessions'
 * @param holds how many holds of the loop it was, without a pause between them
 * @param heldNanos how long they were together
 * @param waiters how many pieces of work waited for its end
 * @param longest those that waited longest, the longest first
 */
public record Stall(
        long number,
        Work work,
        Optional<SessionKey> session,
        int holds,
        long startNanos,
        long endNanos,
        long heldNanos,
        int waiters,
        List<Waiter> longest) {
    /**
     * A piece of work that was asked for while the loop stalled.
     *
     * @param waitedNanos how long of its wait was for this stall
     */
    public record Waiter(Work work, Optional<SessionKey> session, long waitedNanos) {}

    public Stall {
        longest = List.copyOf(longest);
    }
}
