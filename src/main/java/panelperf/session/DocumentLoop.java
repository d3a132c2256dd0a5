package panelperf.session;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a server's documents, as a queue: pieces of work take turns, each holds the loop for its time, and what
 * it leads to happens at its end. It begins and ends pieces when it is told the time, and never by itself.
 *
 * <p>Other threads may work beside it, but one thread at a time holds Python's lock. Who has held it for a while gives it to
 * one that waits; the loop, which lets go of it with every piece, gets it back when each of the others has had its turn.
 */
final class DocumentLoop {
    /** After how long a thread that runs gives Python's lock to one that waits (sys.getswitchinterval). */
    private static final long SWITCH_NANOS = 5_000_000;
    /** Python's collector does not let go of its lock. */
    private static final Set<Work> UNINTERRUPTED = Collections.unmodifiableSet(EnumSet.of(Work.DESTROY, Work.COLLECT));

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

    /** A piece that waits, or has begun and waits for its next turn. */
    private static final class Waiting {
        private final Piece piece;
        private final boolean beside;
        private long sinceNanos;
        private @Nullable Turn turn;
        private long leftNanos;

        Waiting(Piece piece, boolean beside, long sinceNanos) {
            this.piece = piece;
            this.beside = beside;
            this.sinceNanos = sinceNanos;
        }

        Turn turn(long nowNanos) {
            Turn known = turn;
            if (known == null) {
                known = piece.begin(nowNanos);
                turn = known;
                leftNanos = known.holdNanos();
            }
            return known;
        }
    }

    /** The piece whose turn it is. */
    private static final class Running {
        private final Waiting waiting;
        private final Turn turn;
        private final long startNanos;
        private long dueNanos;
        private boolean ended;

        Running(Waiting waiting, long startNanos) {
            this.waiting = waiting;
            this.turn = waiting.turn(startNanos);
            this.startNanos = startNanos;
            this.dueNanos = startNanos + waiting.leftNanos;
        }

        /** Somebody else waits: it goes on no longer than a thread may. */
        void shorten(long nowNanos) {
            if (!UNINTERRUPTED.contains(turn.work())) {
                dueNanos = Math.min(dueNanos, nowNanos + SWITCH_NANOS);
            }
        }

        Hold hold(long endNanos) {
            return new Hold(turn.work(), turn.session(), waiting.sinceNanos, startNanos, endNanos);
        }
    }

    private final SessionObserver observer;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    /** What other threads do. */
    private final Deque<Waiting> threads = new ArrayDeque<>();

    private @Nullable Waiting interrupted;
    private @Nullable Running running;
    /** How many turns other threads have before the loop's next. */
    private int owed;

    DocumentLoop(SessionObserver observer) {
        this.observer = observer;
    }

    /** Another piece, behind those that wait. */
    void add(Piece piece, long nowNanos) {
        queue.add(new Waiting(piece, false, nowNanos));
        if (running != null && running.waiting.beside) {
            running.shorten(nowNanos);
        }
    }

    /** A piece that nothing comes before. */
    void addNext(Piece piece, long nowNanos) {
        queue.addFirst(new Waiting(piece, false, nowNanos));
    }

    /** A piece of another thread, which shares the lock with the loop. */
    void addBeside(Piece piece, long nowNanos) {
        threads.add(new Waiting(piece, true, nowNanos));
        if (running != null) {
            running.shorten(nowNanos);
        }
    }

    /** When there is something to begin or to end; {@link Long#MAX_VALUE} when nothing waits. */
    long dueNanos() {
        Running now = running;
        if (now != null) {
            return now.ended ? Long.MAX_VALUE : now.dueNanos;
        }
        long due = interrupted == null ? Long.MAX_VALUE : interrupted.sinceNanos;
        for (Deque<Waiting> waiting : List.of(queue, threads)) {
            Waiting first = waiting.peek();
            due = first == null ? due : Math.min(due, first.sinceNanos);
        }
        return due;
    }

    /** Begins the next piece when the loop is free, and ends the one that holds it when its time has passed. */
    List<Effect> advance(long nowNanos) {
        if (running == null) {
            Waiting next = next();
            if (next == null) {
                return List.of();
            }
            running = new Running(next, nowNanos);
            if (!threads.isEmpty() || (next.beside && (interrupted != null || !queue.isEmpty()))) {
                running.shorten(nowNanos);
            }
        }
        Running now = running;
        if (now.ended || now.dueNanos > nowNanos) {
            return List.of();
        }
        now.waiting.leftNanos -= now.dueNanos - now.startNanos;
        if (now.waiting.leftNanos > 0) {
            interrupt(now, nowNanos);
            return List.of();
        }
        now.ended = true;
        return now.waiting.piece.end(nowNanos);
    }

    private @Nullable Waiting next() {
        boolean loopWaits = interrupted != null || !queue.isEmpty();
        if (!threads.isEmpty() && (owed > 0 || !loopWaits)) {
            owed = Math.max(0, owed - 1);
            return threads.poll();
        }
        Waiting next = interrupted == null ? queue.poll() : interrupted;
        interrupted = null;
        return next;
    }

    private void interrupt(Running now, long nowNanos) {
        observer.held(now.hold(nowNanos));
        now.waiting.sinceNanos = nowNanos;
        if (now.waiting.beside) {
            threads.add(now.waiting);
        } else {
            interrupted = now.waiting;
        }
        over(now);
    }

    private void over(Running now) {
        if (!now.waiting.beside) {
            owed = threads.size();
        }
        running = null;
    }

    /** What the last piece led to has been carried out: the loop is free. Does nothing while a piece holds it. */
    void performed(long nowNanos) {
        Running now = running;
        if (now != null && now.ended) {
            over(now);
            observer.held(now.hold(nowNanos));
        }
    }
}
