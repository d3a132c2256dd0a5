package panelperf.study;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a run, which has one owner: whoever comes first says how the run ends and does what that takes, and everybody
 * who comes later waits until it is done.
 *
 * <p>Threads: any. Two meet here: Gatling's main thread, with a run that is complete or cannot go on, and the process's
 * shutdown hook, with a run that is stopped. A Ctrl-C reaches the hook late and everything else soon, so that main may be
 * told of a broken server first: what main says then is true, and the hook adds nothing to it.
 */
final class Ending {
    /** Longer than any end takes: one that hangs must not keep a process that somebody stops. */
    static final long LONGEST_SECONDS = 30;

    /** How far a run is, and how it has come to its end. */
    enum State {
        UNDER_WAY,
        COMPLETE,
        CANNOT_GO_ON,
        STOPPED
    }

    private volatile State state = State.UNDER_WAY;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * Ends the run, unless somebody else does already; returns when the run has ended, by whomever.
     *
     * @param how not {@link State#UNDER_WAY}
     * @param work is done by the first who comes, once
     * @return whether it was done by this call
     */
    boolean end(State how, Runnable work) {
        if (how == State.UNDER_WAY) {
            throw new IllegalArgumentException("a run's end: expected how it ends, found " + how);
        }
        if (!isFirst(how)) {
            await();
            return false;
        }
        try {
            work.run();
        } finally {
            over.countDown();
        }
        return true;
    }

    private synchronized boolean isFirst(State how) {
        boolean first = state == State.UNDER_WAY;
        state = first ? how : state;
        return first;
    }

    /** How the run ends, or that it does not yet. */
    State state() {
        return state;
    }

    private void await() {
        try {
            if (!over.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the run's end hangs for " + LONGEST_SECONDS + " s: it is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
