/**
 * What a server says of its own sessions once the load is over, and which visit each of them was made for.
 *
 * <p>May enter: a pulled admin page, lines of our target's {@code /sessions.ndjson}, {@code run} and {@code visit}, {@code
 * bokeh} and JSON. May not: sockets, clocks, files, percentiles.
 *
 * <p>Decision: nothing is guessed. A session is joined to a visit where their instants leave no other way; the others are
 * counted. Rejected: the nearest session, or the first in order, which is right for most visits and wrong for those who
 * waited together, which are those that matter.
 *
 * <p>Decision: Panel's admin page is read, since it is what a Panel server has; it names no session ids, so instants must do.
 * Rejected: a middleware in the user's app, and Panel's log, which this process cannot see.
 */
@NullMarked
package panelperf.serverside;

import org.jspecify.annotations.NullMarked;
