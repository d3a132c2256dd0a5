package panelperf.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of one server. Every event comes with its time and is answered with the effects to carry out, in order.
 * Events of a session that is no more are answered with none: they crossed its end.
 *
 * <p>One thread's: the server's document loop, as in Tornado. Times must not go back.
 */
public final class SessionMachine {
    private final Knobs knobs;
    private final Map<String, LiveSession> sessions = new LinkedHashMap<>();
    private final Deque<Effect.Render> waiting = new ArrayDeque<>();
    private final Set<Effect.Render> running = new HashSet<>();
    private long nextCheckNanos;
    private long served;

    /**
     * A server without sessions.
     *
     * @param startNanos now; unused sessions are first looked for one period later
     */
    public SessionMachine(Knobs knobs, long startNanos) {
        this.knobs = knobs;
        this.nextCheckNanos = startNanos + knobs.checkPeriod().toNanos();
    }

    /** A page was asked for, or a socket came with this id. Known sessions are admitted, when they are initialised. */
    public List<Effect> open(String id, long nowNanos) {
        LiveSession known = sessions.get(id);
        if (known != null) {
            return known.isInitialised() ? List.of(new Effect.Admit(known.key())) : List.of();
        }
        if (sessions.size() >= knobs.maxSessions()) {
            return List.of(new Effect.Refuse(id));
        }
        served++;
        LiveSession session = new LiveSession(new SessionKey(id, served), nowNanos);
        sessions.put(id, session);
        return List.of(new Effect.Initialise(session.key()));
    }

    /**
     * The session's document is there.
     *
     * @param deferred how many functions it has to render once a client has drawn the page; 0 or more
     */
    public List<Effect> initialised(SessionKey key, int deferred, long nowNanos) {
        return initialised(key, Collections.nCopies(deferred, Duration.ZERO), nowNanos);
    }

    /**
     * The same where what is deferred takes time of its own.
     *
     * @param delays how long each function occupies its place in the pool, beside the knobs' render time
     */
    public List<Effect> initialised(SessionKey key, List<Duration> delays, long nowNanos) {
        LiveSession session = live(key);
        if (session == null || session.isInitialised()) {
            return List.of();
        }
        session.initialised(delays, nowNanos);
        return List.of(new Effect.Admit(key));
    }

    /** The session's document could not be built. */
    public List<Effect> failed(SessionKey key, long nowNanos) {
        LiveSession session = live(key);
        return session == null ? List.of() : List.of(destroy(session, nowNanos));
    }

    /**
     * A socket of the session opened.
     *
     * @return false when the session is no more; the socket is to be closed
     */
    public boolean connected(SessionKey key, long nowNanos) {
        LiveSession session = live(key);
        if (session == null) {
            return false;
        }
        session.connected(nowNanos);
        return true;
    }

    /** A socket of the session closed. */
    public void disconnected(SessionKey key, long nowNanos) {
        LiveSession session = live(key);
        if (session != null) {
            session.disconnected(nowNanos);
        }
    }

    /** A client has drawn the page. Only the first time of a session counts: what was deferred is rendered once. */
    public List<Effect> documentReady(SessionKey key, long nowNanos) {
        LiveSession session = live(key);
        if (session == null || session.isReady()) {
            return List.of();
        }
        session.ready(nowNanos);
        for (int part = 0; part < session.deferred(); part++) {
            waiting.add(new Effect.Render(
                    key, part, knobs.renderTime().plus(session.delay(part)).toNanos()));
        }
        return startRenders(new ArrayList<>(), nowNanos);
    }

    /** A render has ended, well or not; its place is free for the next. */
    public List<Effect> rendered(Effect.Render render, long nowNanos) {
        if (!running.remove(render)) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        LiveSession session = live(render.session());
        if (session != null) {
            session.partRendered(nowNanos);
            effects.add(new Effect.Send(render.session(), render.part()));
        }
        return startRenders(effects, nowNanos);
    }

    private List<Effect> startRenders(List<Effect> effects, long nowNanos) {
        while (running.size() < knobs.renderThreads() && !waiting.isEmpty()) {
            Effect.Render next = waiting.remove();
            LiveSession session = live(next.session());
            if (session != null) {
                session.rendering(nowNanos);
                running.add(next);
                effects.add(next);
            }
        }
        return effects;
    }

    /** When {@link #advance} is due. */
    public long nextDueNanos() {
        return nextCheckNanos;
    }

    /** Time has passed: sessions that have been unused for long enough are ended, when the look at them is due. */
    public List<Effect> advance(long nowNanos) {
        long late = nowNanos - nextCheckNanos;
        if (late < 0) {
            return List.of();
        }
        // A stalled server skips the looks it has missed, as Tornado's PeriodicCallback does.
        long period = knobs.checkPeriod().toNanos();
        nextCheckNanos += (late / period + 1) * period;
        List<Effect> effects = new ArrayList<>();
        for (LiveSession session : List.copyOf(sessions.values())) {
            if (session.isUnusedFor(knobs.unusedLifetime().toNanos(), nowNanos)) {
                effects.add(destroy(session, nowNanos));
            }
        }
        return effects;
    }

    private Effect destroy(LiveSession session, long nowNanos) {
        sessions.remove(session.key().id());
        return new Effect.Destroy(session.destroyed(nowNanos));
    }

    /** The session of that id; empty when there is none, or it was destroyed. */
    public Optional<ServerSession> session(String id) {
        return Optional.ofNullable(sessions.get(id)).map(LiveSession::snapshot);
    }

    /** The sessions that live, oldest first. */
    public List<ServerSession> sessions() {
        return sessions.values().stream().map(LiveSession::snapshot).toList();
    }

    /** How many sessions there have been. */
    public long served() {
        return served;
    }

    private @Nullable LiveSession live(SessionKey key) {
        LiveSession session = sessions.get(key.id());
        return session != null && session.key().equals(key) ? session : null;
    }
}
