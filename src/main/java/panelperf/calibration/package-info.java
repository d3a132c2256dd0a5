/**
 * Measures how a running server treats its sessions, from outside, and says it in the words of the target's knobs.
 *
 * <p>May enter: a small sequential client of Bokeh's protocol on Netty, the process's own CPU time, estimates of {@code
 * stats}, and the texts of a preset. May not: page loads as a user sees them, which are {@code headless}'s, and anything
 * that belongs to one version of Panel only.
 *
 * <p>Decision: one piece of work at a time on a server with nothing else to do, and every frame acknowledged at once
 * (TCP_QUICKACK), so that the wall time of a request is the time for which it holds the server's one loop. The CPU time of
 * the process over the same stretch is written beside it: where the two differ, other work was on the machine, or the server
 * waited. Rejected: CPU time alone, which comes in ticks of 10 ms and does not tell whose it was; and the visits of a load,
 * where each figure holds the others.
 *
 * <p>Decision: the end of sessions is seen as stretches in which the server answers nobody, by asking for its cheapest
 * answer every few milliseconds. Rejected: the admin page or the server's log, which not every server has, and which cost it
 * time of the kind that is measured.
 */
@NullMarked
package panelperf.calibration;

import org.jspecify.annotations.NullMarked;
