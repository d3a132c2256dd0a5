package panelperf.session;

import java.util.OptionalLong;

/**
 * One session of the server. Instants are nanoseconds on the server's clock; what has not happened is empty.
 *
 * @param id the session's name in tokens
 * @param state where it is in its life
 * @param connections sockets that are open
 * @param createdNanos when its page was asked for
 * @param connectedNanos when its first socket opened
 * @param readyNanos when a client first said that it has drawn the page
 * @param renderedNanos when what was deferred had been rendered
 * @param closedNanos when the last socket closed; empty while one is open, or none ever was
 */
public record ServerSession(
        String id,
        State state,
        int connections,
        long createdNanos,
        OptionalLong connectedNanos,
        OptionalLong readyNanos,
        OptionalLong renderedNanos,
        OptionalLong closedNanos) {

    /** The states of a session's life, in their usual order. */
    public enum State {
        /** Its page was sent; no socket yet. */
        CREATED,
        /** A socket is open; nothing is being rendered. */
        CONNECTED,
        /** Waits for a place in the render pool. */
        QUEUED,
        /** Is being rendered. */
        RENDERING,
        /** Was rendered. */
        RENDERED
    }

    static ServerSession created(String id, long nowNanos) {
        OptionalLong never = OptionalLong.empty();
        return new ServerSession(id, State.CREATED, 0, nowNanos, never, never, never, never);
    }

    /** Since when it has been unused; empty while a socket is open. */
    public OptionalLong unusedSinceNanos() {
        return connections > 0
                ? OptionalLong.empty()
                : OptionalLong.of(closedNanos.isPresent() ? closedNanos.getAsLong() : createdNanos);
    }

    ServerSession connected(long nowNanos) {
        OptionalLong first = connectedNanos.isPresent() ? connectedNanos : OptionalLong.of(nowNanos);
        State next = state == State.CREATED ? State.CONNECTED : state;
        return new ServerSession(
                id, next, connections + 1, createdNanos, first, readyNanos, renderedNanos, OptionalLong.empty());
    }

    ServerSession disconnected(long nowNanos) {
        int left = Math.max(0, connections - 1);
        OptionalLong closed = left == 0 ? OptionalLong.of(nowNanos) : OptionalLong.empty();
        return new ServerSession(id, state, left, createdNanos, connectedNanos, readyNanos, renderedNanos, closed);
    }

    ServerSession ready(long nowNanos) {
        return new ServerSession(
                id,
                State.QUEUED,
                connections,
                createdNanos,
                connectedNanos,
                OptionalLong.of(nowNanos),
                renderedNanos,
                closedNanos);
    }

    ServerSession rendering() {
        return new ServerSession(
                id, State.RENDERING, connections, createdNanos, connectedNanos, readyNanos, renderedNanos, closedNanos);
    }

    ServerSession rendered(long nowNanos) {
        return new ServerSession(
                id,
                State.RENDERED,
                connections,
                createdNanos,
                connectedNanos,
                readyNanos,
                OptionalLong.of(nowNanos),
                closedNanos);
    }
}
