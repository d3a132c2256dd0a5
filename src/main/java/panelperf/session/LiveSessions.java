package panelperf.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions that live, oldest first, and who is told when one of them changes. */
final class LiveSessions {
    private final Map<String, LiveSession> byId = new LinkedHashMap<>();
    private final SessionObserver observer;
    private final AdminPages adminPages;
    private long served;

    LiveSessions(SessionObserver observer, AdminPages adminPages) {
        this.observer = observer;
        this.adminPages = adminPages;
    }

    LiveSession create(String id, long nowNanos) {
        served++;
        LiveSession session = new LiveSession(new SessionKey(id, served), nowNanos);
        byId.put(id, session);
        changed(session, nowNanos);
        return session;
    }

    @Nullable
    LiveSession get(String id) {
        return byId.get(id);
    }

    /** The session of that key; null when it is no more, although another of the same id may live. */
    @Nullable
    LiveSession live(SessionKey key) {
        LiveSession session = byId.get(key.id());
        return session != null && session.key().equals(key) ? session : null;
    }

    Effect forget(LiveSession session, long nowNanos) {
        byId.remove(session.key().id());
        ServerSession last = session.destroyed(nowNanos);
        observer.changed(last);
        adminPages.tell(served, nowNanos);
        return new Effect.Destroy(last);
    }

    void changed(LiveSession session, long nowNanos) {
        observer.changed(session.snapshot());
        adminPages.tell(served, nowNanos);
    }

    Collection<LiveSession> all() {
        return byId.values();
    }

    int count() {
        return byId.size();
    }

    /** How many sessions there have been. */
    long served() {
        return served;
    }
}
