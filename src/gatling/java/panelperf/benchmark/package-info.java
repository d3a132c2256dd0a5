/**
 * How fast the target is, beside a bare Netty handler that sends the same bytes and beside real Panel: one run, one load
 * generator, servers in alternation.
 *
 * <p>May enter: Gatling's own HTTP and websocket protocols, Netty for the bare handler and the idle sockets, and {@code
 * stats} for percentiles. May not: the target's classes; it is a child process like the others, reached by its command
 * line and the wire.
 *
 * <p>Decision: the generator is Gatling's own websocket client and not our pages, whose DOM costs many times what a server
 * does. Even so it needs more CPU a life than a quick server, so on a small machine lives a second say how quick the
 * generator is; the table therefore shows the server's CPU a life and the generator's beside it. Rejected: a generator of
 * our own, which nobody else has tested.
 */
@NullMarked
package panelperf.benchmark;

import org.jspecify.annotations.NullMarked;
