package panelperf.session;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What the machine changes of a session; {@link #snapshot} is what it shows. */
final class LiveSession {
    private final SessionKey key;
    private final long createdNanos;
    private int connections;
    private List<Duration> deferred = List.of();
    private int left;
    private OptionalLong initialisedNanos = OptionalLong.empty();
    private OptionalLong connectedNanos = OptionalLong.empty();
    private OptionalLong readyNanos = OptionalLong.empty();
    private OptionalLong renderingNanos = OptionalLong.empty();
    private OptionalLong renderedNanos = OptionalLong.empty();
    private OptionalLong closedNanos = OptionalLong.empty();

    LiveSession(SessionKey key, long nowNanos) {
        this.key = key;
        this.createdNanos = nowNanos;
    }

    SessionKey key() {
        return key;
    }

    List<Duration> deferred() {
        return deferred;
    }

    void initialised(List<Duration> parts, long nowNanos) {
        deferred = List.copyOf(parts);
        left = deferred.size();
        initialisedNanos = OptionalLong.of(nowNanos);
    }

    boolean isInitialised() {
        return initialisedNanos.isPresent();
    }

    void connected(long nowNanos) {
        connections++;
        connectedNanos = first(connectedNanos, nowNanos);
        closedNanos = OptionalLong.empty();
    }

    void disconnected(long nowNanos) {
        if (connections == 0) {
            throw new IllegalStateException(
                    "session " + key.id() + ": expected an open socket to close, found none; connect it first");
        }
        connections--;
        if (connections == 0) {
            closedNanos = OptionalLong.of(nowNanos);
        }
    }

    boolean isConnected() {
        return connections > 0;
    }

    boolean isReady() {
        return readyNanos.isPresent();
    }

    void ready(long nowNanos) {
        readyNanos = OptionalLong.of(nowNanos);
        if (left == 0) {
            renderedNanos = OptionalLong.of(nowNanos);
        }
    }

    void rendering(long nowNanos) {
        renderingNanos = first(renderingNanos, nowNanos);
    }

    void partRendered(long nowNanos) {
        left--;
        if (left == 0) {
            renderedNanos = OptionalLong.of(nowNanos);
        }
    }

    /** Whether it has been without a socket for that long. */
    boolean isUnusedFor(long nanos, long nowNanos) {
        return connections == 0 && nowNanos - closedNanos.orElse(createdNanos) >= nanos;
    }

    ServerSession snapshot() {
        return snapshot(OptionalLong.empty());
    }

    ServerSession destroyed(long nowNanos) {
        return snapshot(OptionalLong.of(nowNanos));
    }

    private ServerSession snapshot(OptionalLong destroyedNanos) {
        return new ServerSession(
                key,
                connections,
                createdNanos,
                initialisedNanos,
                connectedNanos,
                readyNanos,
                renderingNanos,
                renderedNanos,
                closedNanos,
                destroyedNanos);
    }

    private static OptionalLong first(OptionalLong known, long nowNanos) {
        return known.isPresent() ? known : OptionalLong.of(nowNanos);
    }
}
