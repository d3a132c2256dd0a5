package panelperf.target.admin;

import java.util.List;
import java.util.OptionalLong;
import panelperf.session.ServerSession;

/** One session as the history knows it. The history's lock guards it. */
final class Watched {
    private final boolean hasRow;
    private ServerSession session;
    private OptionalLong startedNanos = OptionalLong.empty();
    private int phasesOver;

    Watched(ServerSession session, boolean hasRow) {
        this.session = session;
        this.hasRow = hasRow;
    }

    /** Whether the timeline and the log show it. */
    boolean hasRow() {
        return hasRow;
    }

    ServerSession session() {
        return session;
    }

    /** When the loop began to build it; until that is known, when it was asked for. */
    long startedNanos() {
        return startedNanos.orElse(session.createdNanos());
    }

    void started(long nanos) {
        if (startedNanos.isEmpty()) {
            startedNanos = OptionalLong.of(nanos);
        }
    }

    /** Takes the session as it is now, and answers the phases that are over since the last time. */
    List<Phase.Stretch> changed(ServerSession now) {
        session = now;
        List<Phase.Stretch> over = Phase.of(now).stream()
                .filter(stretch -> stretch.untilNanos().isPresent())
                .toList();
        // A socket that came back takes the waiting back, too.
        List<Phase.Stretch> fresh = over.subList(Math.min(phasesOver, over.size()), over.size());
        phasesOver = over.size();
        return fresh;
    }

    Row row() {
        return new Row(session, startedNanos());
    }

    /** One session, to be shown: it does not change any more. */
    record Row(ServerSession session, long startedNanos) {}
}
