/**
 * The life of server sessions, as values and a state machine: made, connected, rendered, unused, destroyed.
 *
 * <p>May enter: records and the functions that step them; time is an argument, nanoseconds of any clock. May not:
 * sockets, threads, timers, JSON, randomness.
 *
 * <p>Decision: expiry is a function of (last close, now), looked at on a period, as Bokeh does
 * (bokeh/server/contexts.py, {@code _cleanup_sessions}), so a session lives 15 to 32 s after its last close, and 32
 * seconds are tested in none. Rejected: a timer a session, which would tie the state to an event loop and end sessions
 * sooner than the server that we stand for.
 *
 * <p>Decision: the machine answers events with effects that somebody else carries out, and has its own queue for the
 * render pool; so whether renders overlap, and what they wait for, is decided and tested here. What one thread does in
 * Tornado, building, sending and destroying, are effects too, so that the machine can hold them back, one behind another.
 * Rejected: queues inside the thread pool, whose order and waits nothing but a real load would show.
 */
@NullMarked
package panelperf.session;

import org.jspecify.annotations.NullMarked;
