package panelperf.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of one server, and the one loop that they share. Whoever drives it tells what happens, then, as often as
 * {@link #nextDueNanos} has come, asks {@link #advance} for what is to be done, does it, and says so by {@link
 * #performed}. Events of a session that is no more lead to nothing: they crossed its end.
 *
 * <p>One thread's: the server's document loop, as in Tornado. Times must not go back.
 */
public final class SessionMachine {
    /** A session that is initialised beside the loop. */
    private record Beginning(SessionKey session, long dueNanos) {}

    private final Knobs knobs;
    private final RandomGenerator random;
    private final DocumentLoop loop;
    private final RenderPool pool;
    private final AdminPages adminPages;
    private final LiveSessions sessions;
    private final Expiries expiries;
    private final PriorityQueue<Beginning> beginnings =
            new PriorityQueue<>(Comparator.comparingLong(Beginning::dueNanos));

    /**
     * A server without sessions.
     *
     * @param random for times that vary
     * @param observer is told of everything
     * @param startNanos now; unused sessions are first looked for one period later
     */
    public SessionMachine(Knobs knobs, RandomGenerator random, SessionObserver observer, long startNanos) {
        this.knobs = knobs;
        this.random = random;
        this.loop = new DocumentLoop(observer);
        this.pool = new RenderPool(knobs.rendering().threads(), observer);
        this.adminPages = new AdminPages(loop, knobs.costs().cost(Work.ADMIN), random);
        this.sessions = new LiveSessions(observer, adminPages);
        this.expiries = new Expiries(knobs, random, loop, sessions, startNanos);
    }

    private long cost(Work work) {
        return knobs.costs().cost(work).nanos(random);
    }

    /** A page was asked for, or a socket came with this id. Known sessions are admitted, when they are initialised. */
    public void open(String id, long nowNanos) {
        loop.add(new Opening(id), nowNanos);
    }

    private final class Opening implements DocumentLoop.Piece {
        private final String id;
        /** The session that holds the loop until its document can be built. */
        private @Nullable SessionKey begun;

        Opening(String id) {
            this.id = id;
        }

        @Override
        public DocumentLoop.Turn begin(long nowNanos) {
            LiveSession known = sessions.get(id);
            if (known != null) {
                return new DocumentLoop.Turn(Work.CONNECT, Optional.of(known.key()), 0);
            } else if (sessions.count() >= knobs.limits().maxSessions()) {
                return new DocumentLoop.Turn(Work.CONNECT, Optional.empty(), 0);
            }
            SessionKey key = sessions.create(id, nowNanos).key();
            long time = knobs.initialisation().time().nanos(random) + cost(Work.LOG) * sessions.served();
            if (time == 0 || knobs.initialisation().order() == Knobs.Order.SEQUENTIAL) {
                begun = key;
                return new DocumentLoop.Turn(Work.INITIALISE, Optional.of(key), time);
            }
            beginnings.add(new Beginning(key, nowNanos + time));
            return new DocumentLoop.Turn(Work.INITIALISE, Optional.of(key), 0);
        }

        @Override
        public List<Effect> end(long nowNanos) {
            if (begun != null) {
                return List.of(new Effect.Initialise(begun));
            }
            LiveSession known = sessions.get(id);
            if (known == null) {
                return List.of(new Effect.Refuse(id));
            }
            return known.isInitialised() ? List.of(new Effect.Admit(known.key())) : List.of();
        }
    }

    /**
     * The session's document is there.
     *
     * @param deferred for each of the functions that it has to render once a client has drawn the page, how long it occupies
     *     its place in the pool beside what the knobs say; may be empty
     */
    public List<Effect> initialised(SessionKey key, List<Duration> deferred, long nowNanos) {
        LiveSession session = sessions.live(key);
        if (session == null || session.isInitialised()) {
            return List.of();
        }
        session.initialised(deferred, nowNanos);
        sessions.changed(session, nowNanos);
        return List.of(new Effect.Admit(key));
    }

    /** The session's document could not be built. */
    public List<Effect> failed(SessionKey key, long nowNanos) {
        LiveSession session = sessions.live(key);
        return session == null ? List.of() : List.of(sessions.forget(session, nowNanos));
    }

    /**
     * Something that the loop has to do, for a session or for none: {@link Effect.Proceed} comes when its turn has come and
     * it has held the loop for what such work costs.
     */
    public void bring(Work work, Optional<SessionKey> session, Runnable action, long nowNanos) {
        loop.add(
                new DocumentLoop.Piece() {
                    @Override
                    public DocumentLoop.Turn begin(long beginNanos) {
                        return new DocumentLoop.Turn(work, session, cost(work));
                    }

                    @Override
                    public List<Effect> end(long endNanos) {
                        return List.of(new Effect.Proceed(action));
                    }
                },
                nowNanos);
    }

    /**
     * A socket of the session opened.
     *
     * @return false when the session is no more; the socket is to be closed
     */
    public boolean connected(SessionKey key, long nowNanos) {
        LiveSession session = sessions.live(key);
        if (session == null) {
            return false;
        }
        session.connected(nowNanos);
        sessions.changed(session, nowNanos);
        return true;
    }

    /** A socket of the session closed. */
    public void disconnected(SessionKey key, long nowNanos) {
        LiveSession session = sessions.live(key);
        if (session != null) {
            session.disconnected(nowNanos);
            sessions.changed(session, nowNanos);
        }
    }

    /** A client has drawn the page. Only the first time of a session counts: what was deferred is rendered once. */
    public List<Effect> documentReady(SessionKey key, long nowNanos) {
        LiveSession session = sessions.live(key);
        if (session == null || session.isReady()) {
            return List.of();
        }
        session.ready(nowNanos);
        sessions.changed(session, nowNanos);
        if (!knobs.costs().isFree(Work.EVENTS) || !knobs.costs().isFree(Work.BUSY)) {
            pool.add(new Handling(key), nowNanos);
        }
        List<Duration> deferred = session.deferred();
        for (int part = 0; part < deferred.size(); part++) {
            long hold =
                    knobs.rendering().time().nanos(random) + deferred.get(part).toNanos();
            pool.add(new Effect.Render(key, part, hold), nowNanos);
        }
        return startTasks(nowNanos);
    }

    /**
     * What the server does with what a browser has told of itself: a thread of the pool handles it, and the busy flag turns
     * before and after. That flag is one for the whole process. When it turns, the indicator of every session that lives is
     * changed, that of a session that nobody uses any more too: it keeps its indicator until its end (panel/io/state.py,
     * {@code _update_busy}; panel/template/base.py, {@code _server_destroy}).
     *
     * <p>The thread (panel/reactive.py, {@code _change_coroutine}) has a place in the pool before the deferred functions of
     * its page, and shares Python's lock with the loop.
     */
    private final class Handling implements RenderPool.Task, DocumentLoop.Piece {
        private final SessionKey session;
        private final Deque<Part> left = new ArrayDeque<>();

        /** A part of it; {@code shows} what the flag is after it. */
        private record Part(Work work, Optional<Boolean> shows) {}

        Handling(SessionKey session) {
            this.session = session;
            boolean told = !knobs.costs().isFree(Work.BUSY);
            if (told) {
                left.add(new Part(Work.BUSY, Optional.of(true)));
            }
            if (!knobs.costs().isFree(Work.EVENTS)) {
                left.add(new Part(Work.EVENTS, Optional.empty()));
            }
            if (told) {
                left.add(new Part(Work.BUSY, Optional.of(false)));
            }
        }

        private long allSessions() {
            List<LiveSession> told =
                    sessions.all().stream().filter(LiveSession::isInitialised).toList();
            long shown = told.stream().filter(LiveSession::isConnected).count();
            return told.size() * cost(Work.BUSY) + shown * cost(Work.SHOW);
        }

        @Override
        public SessionKey session() {
            return session;
        }

        @Override
        public DocumentLoop.Turn begin(long nowNanos) {
            Work work = left.element().work();
            return new DocumentLoop.Turn(work, Optional.of(session), work == Work.BUSY ? allSessions() : cost(work));
        }

        @Override
        public List<Effect> end(long nowNanos) {
            List<Effect> effects = new ArrayList<>();
            left.remove().shows().ifPresent(busy -> effects.add(new Effect.ShowBusy(busy)));
            if (left.isEmpty()) {
                pool.end(this, nowNanos);
                effects.addAll(startTasks(nowNanos));
            } else {
                loop.addBeside(this, nowNanos);
            }
            return effects;
        }
    }

    /** A render has ended, well or not: its place is free, and what it made is sent when the loop has time. */
    public List<Effect> rendered(Effect.Render render, long nowNanos) {
        if (!pool.end(render, nowNanos)) {
            return List.of();
        }
        if (sessions.live(render.session()) != null) {
            loop.add(new Sending(render), nowNanos);
        }
        return startTasks(nowNanos);
    }

    private final class Sending implements DocumentLoop.Piece {
        private final Effect.Render render;

        Sending(Effect.Render render) {
            this.render = render;
        }

        @Override
        public DocumentLoop.Turn begin(long nowNanos) {
            return new DocumentLoop.Turn(Work.SEND, Optional.of(render.session()), cost(Work.SEND));
        }

        @Override
        public List<Effect> end(long nowNanos) {
            LiveSession session = sessions.live(render.session());
            if (session == null) {
                return List.of();
            }
            session.partRendered(nowNanos);
            sessions.changed(session, nowNanos);
            return List.of(new Effect.Send(render.session(), render.part()));
        }
    }

    private List<Effect> startTasks(long nowNanos) {
        List<Effect> started = new ArrayList<>();
        for (RenderPool.Task task : pool.start(key -> sessions.live(key) != null, nowNanos)) {
            LiveSession session = sessions.live(task.session());
            if (task instanceof Handling handling) {
                loop.addBeside(handling, nowNanos);
            } else if (task instanceof Effect.Render render && session != null) {
                session.rendering(nowNanos);
                sessions.changed(session, nowNanos);
                started.add(render);
            }
        }
        return List.copyOf(started);
    }

    /** So many admin pages are open, and are told of every change. */
    public void adminPages(int open) {
        adminPages.open(open);
    }

    /** When {@link #advance} is due; may lie in the past. */
    public long nextDueNanos() {
        Beginning next = beginnings.peek();
        long due = Math.min(loop.dueNanos(), expiries.dueNanos());
        return next == null ? due : Math.min(due, next.dueNanos());
    }

    /** What is to be done now: what one piece of work led to, or nothing yet. */
    public List<Effect> advance(long nowNanos) {
        expiries.advance(nowNanos);
        Beginning begun = beginnings.peek();
        if (begun != null && begun.dueNanos() <= nowNanos) {
            beginnings.remove();
            return List.of(new Effect.Initialise(begun.session()));
        }
        return loop.advance(nowNanos);
    }

    /** What {@link #advance} said has been done. */
    public void performed(long nowNanos) {
        loop.performed(nowNanos);
    }

    /** The session of that id; empty when there is none, or it was destroyed. */
    public Optional<ServerSession> session(String id) {
        return Optional.ofNullable(sessions.get(id)).map(LiveSession::snapshot);
    }

    /** The sessions that live, oldest first. */
    public List<ServerSession> sessions() {
        return sessions.all().stream().map(LiveSession::snapshot).toList();
    }

    /** How many sessions there have been. */
    public long served() {
        return sessions.served();
    }
}
