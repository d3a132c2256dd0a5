package panelperf.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The end of sessions that nobody uses: the looks for them, their destruction, and what is collected afterwards. */
final class Expiries {
    private final Knobs knobs;
    private final RandomGenerator random;
    private final DocumentLoop loop;
    private final LiveSessions sessions;
    /** When the next look is due; while one is under way, when that was due. */
    private long checkNanos;
    /** From when a look is due until all that it found has ended. */
    private boolean looking;
    /** When it found what is to end. */
    private long foundNanos;

    private long lastEndNanos;
    /** {@link Long#MAX_VALUE} when nothing is to be collected. */
    private long collectionNanos = Long.MAX_VALUE;

    Expiries(Knobs knobs, RandomGenerator random, DocumentLoop loop, LiveSessions sessions, long startNanos) {
        this.knobs = knobs;
        this.random = random;
        this.loop = loop;
        this.sessions = sessions;
        this.checkNanos = startNanos + knobs.expiry().checkPeriod().toNanos();
    }

    long dueNanos() {
        return Math.min(looking ? Long.MAX_VALUE : checkNanos, collectionNanos);
    }

    /** Puts into the loop's queue what has come due. */
    void advance(long nowNanos) {
        if (!looking && nowNanos >= checkNanos) {
            looking = true;
            loop.add(new Look(), nowNanos);
        }
        if (nowNanos >= collectionNanos) {
            collectOrWait(nowNanos);
        }
    }

    /**
     * The next look comes at a whole number of periods. Those that came due until all that this one found had ended are
     * skipped: Tornado's PeriodicCallback waits for its callback (tornado/ioloop.py, {@code _run}).
     */
    private void looked(long nowNanos) {
        long period = knobs.expiry().checkPeriod().toNanos();
        checkNanos += ((nowNanos - checkNanos) / period + 1) * period;
        looking = false;
    }

    /**
     * Panel 1.4 asks, five seconds after the first of several ends, how long ago the last was, and puts its collection off by
     * just as long when that was not five seconds (panel/io/document.py, {@code _garbage_collect}).
     */
    private void collectOrWait(long nowNanos) {
        long quiet = nowNanos - lastEndNanos;
        if (quiet < knobs.destruction().debounce().toNanos()) {
            collectionNanos = nowNanos + Math.max(1, quiet);
        } else {
            collectionNanos = Long.MAX_VALUE;
            loop.add(DocumentLoop.Piece.occupying(Work.COLLECT, this::costNanos), nowNanos);
        }
    }

    private long costNanos() {
        return knobs.destruction().nanos(random, sessions.served(), sessions.count());
    }

    private long endNanos() {
        return switch (knobs.destruction().mode()) {
            case FREE -> 0;
            case EACH -> knobs.costs().cost(Work.DESTROY).nanos(random) + costNanos();
            case DEBOUNCED -> knobs.costs().cost(Work.DESTROY).nanos(random);
        };
    }

    private boolean isUnused(LiveSession session, long nowNanos) {
        return session.isUnusedFor(knobs.expiry().unusedLifetime().toNanos(), nowNanos);
    }

    /** Looks through all sessions, as {@code _cleanup_sessions} does (bokeh/server/contexts.py). */
    private final class Look implements DocumentLoop.Piece {
        @Override
        public DocumentLoop.Turn begin(long nowNanos) {
            return new DocumentLoop.Turn(Work.CHECK, Optional.empty(), 0);
        }

        @Override
        public List<Effect> end(long nowNanos) {
            Deque<SessionKey> unused = new ArrayDeque<>();
            for (LiveSession session : sessions.all()) {
                if (isUnused(session, nowNanos)) {
                    unused.add(session.key());
                }
            }
            foundNanos = nowNanos;
            endNext(unused, nowNanos);
            return List.of();
        }
    }

    /** The next of them ends: at once, or behind what has come to wait until then. */
    private void endNext(Deque<SessionKey> unused, long nowNanos) {
        if (unused.isEmpty()) {
            looked(nowNanos);
            return;
        }
        Ending next = new Ending(unused.remove(), unused);
        if (knobs.expiry().cleanUp() == Knobs.CleanUp.BLOCKS) {
            loop.addNext(next, foundNanos);
        } else {
            loop.add(next, nowNanos);
        }
    }

    /** Ends one session, unless a socket has come back in time. */
    private final class Ending implements DocumentLoop.Piece {
        private final SessionKey key;
        /** Those that end after it. */
        private final Deque<SessionKey> others;

        private boolean ends;

        Ending(SessionKey key, Deque<SessionKey> others) {
            this.key = key;
            this.others = others;
        }

        @Override
        public DocumentLoop.Turn begin(long nowNanos) {
            LiveSession session = sessions.live(key);
            ends = session != null && isUnused(session, nowNanos);
            return new DocumentLoop.Turn(Work.DESTROY, Optional.of(key), ends ? endNanos() : 0);
        }

        @Override
        public List<Effect> end(long nowNanos) {
            endNext(others, nowNanos);
            LiveSession session = sessions.live(key);
            if (!ends || session == null) {
                return List.of();
            }
            if (knobs.destruction().mode() == Knobs.Mode.DEBOUNCED) {
                lastEndNanos = nowNanos;
                collectionNanos = Math.min(
                        collectionNanos,
                        nowNanos + knobs.destruction().debounce().toNanos());
            }
            return List.of(sessions.forget(session, nowNanos));
        }
    }
}
