package panelperf.session;

import java.util.random.RandomGenerator;

/**
 * What open admin pages cost the loop. Panel's computes the figures of all sessions anew and sends them whole, to each open
 * page, on every change of any session (panel/io/admin.py): the cost of a change grows with the sessions that there have
 * been.
 */
final class AdminPages {
    private final DocumentLoop loop;
    private final Spread cost;
    private final RandomGenerator random;
    private int open;

    /**
     * None is open.
     *
     * @param cost of telling one page of one change, for each session
     */
    AdminPages(DocumentLoop loop, Spread cost, RandomGenerator random) {
        this.loop = loop;
        this.cost = cost;
        this.random = random;
    }

    void open(int pages) {
        open = pages;
    }

    /** A session has changed. */
    void tell(long sessions, long nowNanos) {
        if (open > 0 && !cost.isZero()) {
            int pages = open;
            loop.add(DocumentLoop.Piece.occupying(Work.ADMIN, () -> cost.nanos(random) * sessions * pages), nowNanos);
        }
    }
}
