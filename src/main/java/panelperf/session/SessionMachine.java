package panelperf.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All sessions of one server. Every event comes with its time and is answered with the effects to carry out, in order.
 *
 * <p>One thread's: the server's document loop, as in Tornado. Times must not go back.
 */
public final class SessionMachine {
    private final Knobs knobs;
    private final Map<String, ServerSession> sessions = new LinkedHashMap<>();
    private final Deque<String> renderQueue = new ArrayDeque<>();
    private int rendering;
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

    /**
     * A page was asked for, or a socket came with an id that nobody knows.
     *
     * @return false when there are as many sessions as may be; then there is no session
     */
    public boolean create(String id, long nowNanos) {
        if (sessions.containsKey(id)) {
            return true;
        }
        if (sessions.size() >= knobs.mostSessions()) {
            return false;
        }
        sessions.put(id, ServerSession.created(id, nowNanos));
        served++;
        return true;
    }

    /** A socket of the session opened. */
    public void connected(String id, long nowNanos) {
        sessions.computeIfPresent(id, (key, session) -> session.connected(nowNanos));
    }

    /** A socket of the session closed. */
    public void disconnected(String id, long nowNanos) {
        sessions.computeIfPresent(id, (key, session) -> session.disconnected(nowNanos));
    }

    /** A client has drawn the page. Only the first time of a session counts: what was deferred is rendered once. */
    public List<Effect> documentReady(String id, long nowNanos) {
        ServerSession session = sessions.get(id);
        if (session == null || session.readyNanos().isPresent()) {
            return List.of();
        }
        sessions.put(id, session.ready(nowNanos));
        renderQueue.add(id);
        return startRenders();
    }

    /** A render has ended, well or not; its place is free. */
    public List<Effect> rendered(String id, long nowNanos) {
        rendering--;
        sessions.computeIfPresent(id, (key, session) -> session.rendered(nowNanos));
        return startRenders();
    }

    private List<Effect> startRenders() {
        List<Effect> effects = new ArrayList<>();
        while (rendering < knobs.renderPlaces() && !renderQueue.isEmpty()) {
            String id = renderQueue.remove();
            ServerSession session = sessions.get(id);
            if (session != null) {
                sessions.put(id, session.rendering());
                rendering++;
                effects.add(new Effect.Render(id, knobs.renderTime().toNanos()));
            }
        }
        return effects;
    }

    /** When {@link #check} is due. */
    public long nextCheckNanos() {
        return nextCheckNanos;
    }

    /** Looks for sessions that have been unused for long enough, when that is due, and ends them. */
    public List<Effect> check(long nowNanos) {
        if (nowNanos - nextCheckNanos < 0) {
            return List.of();
        }
        while (nowNanos - nextCheckNanos >= 0) {
            nextCheckNanos += knobs.checkPeriod().toNanos();
        }
        List<Effect> effects = new ArrayList<>();
        for (ServerSession session : List.copyOf(sessions.values())) {
            if (expired(session, nowNanos)) {
                sessions.remove(session.id());
                effects.add(new Effect.Destroy(session.id()));
            }
        }
        return effects;
    }

    private boolean expired(ServerSession session, long nowNanos) {
        return session.unusedSinceNanos().isPresent()
                && nowNanos - session.unusedSinceNanos().getAsLong()
                        >= knobs.unusedLifetime().toNanos();
    }

    /** The session of that id, empty when there is none or it was destroyed. */
    public Optional<ServerSession> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The sessions that live, oldest first. */
    public Collection<ServerSession> sessions() {
        return List.copyOf(sessions.values());
    }

    /** How many sessions there have been. */
    public long served() {
        return served;
    }
}
