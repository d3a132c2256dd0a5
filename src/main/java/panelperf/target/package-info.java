/**
 * A page server that speaks Bokeh's protocol, so that real browsers, Bokeh's Python client and our engines can load its
 * page; its sessions live and die as Panel's do.
 *
 * <p>May enter: Netty, and JSON by way of {@code bokeh}. May not: the clocks (a ticker and a timeline are given), what
 * the injector is made of. One channel handler, or one route, a file.
 *
 * <p>Threads: each connection's handlers run on its event loop. {@link panelperf.target.Sessions} and all documents
 * belong to one thread, the document loop, as in Tornado; handlers hand it messages and get answers by writing to the
 * channel. Deferred functions run on a pool and give their result back to the document loop. Nothing blocks a loop.
 *
 * <p>Decision: one document loop, although the native preset needs none. The state machine then needs no locks, every
 * session's messages stay in order, and a preset that holds the loop, as Panel 1.3.8 does, is a matter of the machine.
 * Rejected: a lock a session, under which holding everybody is a thing of its own.
 *
 * <p>Decision: pages get signed tokens, and a page's session is joined with its signed token alone. Tokens without a
 * signature are taken too where the server listens on loopback only, but they make sessions of their own: Bokeh's {@code
 * pull_session} makes such tokens, and on loopback whoever can open a socket can get a page as well. Browsers of other
 * sites are kept out by the check of the {@code Origin}. On other addresses unsigned tokens are refused, unless {@code
 * --accept-unsigned-tokens=true} is given; {@code false} refuses them everywhere. Rejected: refusing them everywhere, which
 * would shut out a client that every Bokeh server takes by default; and a session id in the page's query, by which
 * another could choose a visitor's session.
 *
 * <p>Decision: the document is the server's. Of what a client changes, only the properties that the app names are taken,
 * after a check of type and range; all else is checked for its form, acknowledged and dropped, and {@code PUSH-DOC} is
 * answered {@code ERROR}. A taken value replaces the one before, so that no client can make the server's memory grow; nor by
 * way of another that does not read, because a socket with 32 MiB waiting is closed. A patch with one value that is refused
 * changes nothing. Rejected: taking every change, as Bokeh does, which stores whatever a client sends; and taking none,
 * under which a slider moves nothing.
 *
 * <p>Decision: an app is one function, {@link panelperf.target.App}, from fresh models to a document; what it remembers of a
 * session are the variables that its functions close over. Rejected: a class a session with methods to override, which a
 * newcomer would have to learn; and parts that are found by annotations or names, which the compiler cannot check.
 *
 * <p>Decision: with {@code --bokehjs} three files by name are read once and served from memory. Rejected: serving the
 * directory, whose paths would have to be guarded.
 *
 * <p>Decision: the admin page ({@code Admin*}, and what it knows in the inner room {@code admin}) is answered before the
 * router, by one handler that first looks at who asks, and its work is done on a thread of its own. Rejected: making it a
 * Bokeh app, as Panel does, which then counts and slows the sessions that it shows.
 *
 * <p>Decision: whatever a stranger can make this server hold has a bound, and reaching it is a {@link
 * panelperf.target.Refusal} that is counted ({@code GET /refusals}) and logged the first, second, fourth time and so on:
 * connections and sessions, sockets of a session, the time in which a request or a message must be whole, the bytes of
 * unfinished messages of all sockets together, tokens of JSON in a message, what a client may leave unread. A websocket on
 * which nothing is said may stay for ever, as in Bokeh, whose Python client answers pings only while it is called; one
 * whose machine has gone is ended by TCP, because it is pinged. Rejected: a limit of connections an address, under which a
 * load generator would be the first to suffer.
 *
 * <p>Decision: on loopback requests are answered for {@code localhost}, for addresses, and for hosts that were named; not
 * for other names, which another site may have made to lead here. Bokeh checks the origin of websockets alone.
 */
@NullMarked
package panelperf.target;

import org.jspecify.annotations.NullMarked;
