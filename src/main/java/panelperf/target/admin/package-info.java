/**
 * What a server's sessions did, kept small enough to look at while they do it: the admin page's figures, its feed, its
 * metrics and its recordings.
 *
 * <p>May enter: what watches sessions and says it as JSON, OpenMetrics or JFR. May not: sockets, HTTP, who may look (the
 * room around it knows those), and the clocks (a ticker and a timeline are given).
 *
 * <p>Threads: {@link panelperf.target.admin.History} is told on the document loop and asked on the admin thread, so it
 * has a lock, held for microseconds. What is written from it, JSON above all, is written outside the lock.
 *
 * <p>Decision: everything is bounded, and so is what a batch to a page may hold. A row of the timeline costs a place in a
 * budget; beyond it a session is counted in every figure, and has no row. Rejected: rows of a share of each session's
 * events, which would show lives that nobody lived.
 *
 * <p>Decision: the watcher keeps running sums and percentiles as it is told, so that opening a page costs the same after
 * an hour as after a minute. Rejected: computing all from the sessions each time, as Panel's page does, whose cost grows
 * with the square of the sessions.
 *
 * <p>Decision: holds shorter than a millisecond are seen in sums of 200 ms each only. There are thousands a second, and a
 * page draws none of them wider than a pixel.
 */
@NullMarked
package panelperf.target.admin;

import org.jspecify.annotations.NullMarked;
