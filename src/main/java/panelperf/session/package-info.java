/**
 * The life of server sessions, as values and a state machine: made, connected, rendered, unused, destroyed; and the one
 * loop that all of them share.
 *
 * <p>May enter: records and the functions that step them; time is an argument, nanoseconds of any clock, and so is
 * randomness. May not: sockets, threads, timers, JSON, files.
 *
 * <p>Decision: expiry is a function of (last close, now), looked at on a period, as Bokeh does
 * (bokeh/server/contexts.py, {@code _cleanup_sessions}), so a session lives 15 to 32 s after its last close, and 32
 * seconds are tested in none. Rejected: a timer a session, which would tie the state to an event loop and end sessions
 * sooner than the server that we stand for.
 *
 * <p>Decision: what one thread does in Tornado is a queue here, {@link panelperf.session.DocumentLoop}: pieces of work take
 * turns, each holds the loop for as long as the knobs say, and its effect is carried out when its time has passed. So a
 * fault of such a server is a number that can be taken away by itself, a hold burns no CPU of the machine that it is tested
 * on, and the same engine runs behind sockets and in virtual time. Rejected: sleeping on the loop's thread, which no test
 * could wait for, and which would stop the server's own admin page with it.
 *
 * <p>Decision: a piece of work costs what it costs when its turn comes, and the end of a session more the more sessions
 * live: Python's collector looks at all that they hold. Rejected: one constant, under which a server that is full would be
 * no slower than an empty one.
 *
 * <p>Decision: the machine answers events with effects that somebody else carries out, and has its own queue for the
 * render pool; so whether renders overlap, and what they wait for, is decided and tested here. Rejected: queues inside the
 * thread pool, whose order and waits nothing but a real load would show.
 */
@NullMarked
package panelperf.session;

import org.jspecify.annotations.NullMarked;
