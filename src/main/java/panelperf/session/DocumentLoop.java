package panelperf.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a server's documents, as a queue: pieces of work take turns, each holds the loop for its time, and what
 * it leads to happens at its end. It begins and ends pieces when it is told the time, and never by itself.
 */
final class DocumentLoop {
    /** A piece of work. */
    interface Piece {
        /** Its turn has come: what it will hold the loop for. */
        Turn begin(long nowNanos);

        /** Its time has passed. */
        List<Effect> end(long nowNanos);

        /** A piece that takes time and leads to nothing; what it takes is asked for when its turn comes. */
        static Piece occupying(Work work, LongSupplier holdNanos) {
            return new Piece() {
                @Override
                public Turn begin(long nowNanos) {
                    return new Turn(work, Optional.empty(), holdNanos.getAsLong());
                }

                @Override
                public List<Effect> end(long nowNanos) {
                    return List.of();
                }
            };
        }
    }

    /**
     * What a piece turned out to be once its turn came.
     *
     * @param holdNanos 0 or more
     */
    record Turn(Work work, Optional<SessionKey> session, long holdNanos) {}

    private record Queued(Piece piece, long queuedNanos) {}

    private record Running(Queued queued, Turn turn, long startNanos) {
        long dueNanos() {
            return startNanos + turn.holdNanos();
        }
    }

    private final SessionObserver observer;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private @Nullable Running running;
    private boolean ended;

    DocumentLoop(SessionObserver observer) {
        this.observer = observer;
    }

    /** Another piece, behind those that wait. */
    void add(Piece piece, long nowNanos) {
        queue.add(new Queued(piece, nowNanos));
    }

    /** A piece that nothing comes before. */
    void addNext(Piece piece, long nowNanos) {
        queue.addFirst(new Queued(piece, nowNanos));
    }

    /** When there is something to begin or to end; {@link Long#MAX_VALUE} when nothing waits. */
    long dueNanos() {
        Running now = running;
        if (now != null) {
            return ended ? Long.MAX_VALUE : now.dueNanos();
        }
        Queued next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.queuedNanos();
    }

    /** Begins the next piece when the loop is free, and ends the one that holds it when its time has passed. */
    List<Effect> advance(long nowNanos) {
        if (running == null) {
            Queued next = queue.poll();
            if (next == null) {
                return List.of();
            }
            running = new Running(next, next.piece().begin(nowNanos), nowNanos);
        }
        Running now = running;
        if (ended || now.dueNanos() > nowNanos) {
            return List.of();
        }
        ended = true;
        return now.queued().piece().end(nowNanos);
    }

    /** What the last piece led to has been carried out: the loop is free. Does nothing while a piece holds it. */
    void performed(long nowNanos) {
        Running now = running;
        if (now != null && ended) {
            running = null;
            ended = false;
            observer.held(new Hold(
                    now.turn().work(), now.turn().session(), now.queued().queuedNanos(), now.startNanos(), nowNanos));
        }
    }
}
