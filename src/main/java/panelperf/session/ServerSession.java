package panelperf.session;

import java.util.OptionalLong;

/**
 * One session of the server as it is at one moment. Instants are nanoseconds on the server's ticker; what has not
 * happened is empty.
 *
 * @param key its names
 * @param connections sockets that are open; 0 or more
 * @param createdNanos when its page, or a socket of an unknown id, asked for it
 * @param initialisedNanos when its document was there
 * @param connectedNanos when its first socket opened
 * @param readyNanos when a client first said that it has drawn the page
 * @param renderingNanos when the first of what was deferred got a place in the pool
 * @param renderedNanos when all that was deferred had been rendered
 * @param closedNanos when the last socket closed; empty while one is open, or none ever was
 * @param destroyedNanos when it was destroyed
 */
public record ServerSession(
        SessionKey key,
        int connections,
        long createdNanos,
        OptionalLong initialisedNanos,
        OptionalLong connectedNanos,
        OptionalLong readyNanos,
        OptionalLong renderingNanos,
        OptionalLong renderedNanos,
        OptionalLong closedNanos,
        OptionalLong destroyedNanos) {

    /** Where a session is in its life. */
    public enum State {
        /** Was asked for; its document is not there yet. */
        CREATED,
        /** Its document is there; no socket yet. */
        INITIALISED,
        /** A socket is open; its client has not drawn the page yet. */
        CONNECTED,
        /** The page is drawn; what was deferred waits for a place in the pool. */
        QUEUED,
        /** Some of what was deferred has got a place. */
        RENDERING,
        /** All that was deferred is done, and a socket is open. */
        RENDERED,
        /** The last socket closed; it waits for its end, or for another socket. */
        CLOSED,
        /** Is no more. */
        DESTROYED
    }

    public ServerSession {
        if (connections < 0) {
            throw new IllegalArgumentException(
                    "session " + key.id() + ": expected 0 or more connections, found " + connections);
        }
    }

    /** Where it is in its life: the last thing that happened to it. */
    public State state() {
        if (destroyedNanos.isPresent()) {
            return State.DESTROYED;
        } else if (closedNanos.isPresent()) {
            return State.CLOSED;
        } else if (renderedNanos.isPresent()) {
            return State.RENDERED;
        } else if (renderingNanos.isPresent()) {
            return State.RENDERING;
        } else if (readyNanos.isPresent()) {
            return State.QUEUED;
        } else if (connectedNanos.isPresent()) {
            return State.CONNECTED;
        }
        return initialisedNanos.isPresent() ? State.INITIALISED : State.CREATED;
    }

    /** Since when it has been unused; empty while a socket is open. */
    public OptionalLong unusedSinceNanos() {
        if (connections > 0) {
            return OptionalLong.empty();
        }
        return closedNanos.isPresent() ? closedNanos : OptionalLong.of(createdNanos);
    }
}
