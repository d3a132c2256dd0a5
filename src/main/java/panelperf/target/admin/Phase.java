package panelperf.target.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import panelperf.session.ServerSession;

/** The stretches of a session's life, as Panel's timeline names them, and the two that it leaves white. */
public enum Phase {
    /** It was asked for; its document is not there yet. */
    INITIALISING,
    /** Its page is under way to the client, until that says that it has drawn it. */
    RENDERING,
    /** What was deferred waits for the pool, runs, and is sent. */
    PROCESSING,
    /** A client looks at it, and nothing happens. */
    IDLE,
    /** Nobody looks any more; it waits for its end. */
    WAITING;

    /**
     * One phase of one session.
     *
     * @param untilNanos empty while it lasts
     */
    public record Stretch(Phase phase, long fromNanos, OptionalLong untilNanos) {}

    /** The phases of a session so far, in order; what has been skipped is left out. */
    public static List<Stretch> of(ServerSession session) {
        List<Stretch> all = new ArrayList<>(5);
        OptionalLong end = earlier(session.closedNanos(), session.destroyedNanos());
        add(all, INITIALISING, OptionalLong.of(session.createdNanos()), session.initialisedNanos(), end);
        add(all, RENDERING, session.initialisedNanos(), session.readyNanos(), end);
        add(all, PROCESSING, session.readyNanos(), session.renderedNanos(), end);
        add(all, IDLE, session.renderedNanos(), OptionalLong.empty(), end);
        add(all, WAITING, session.closedNanos(), OptionalLong.empty(), session.destroyedNanos());
        return all;
    }

    private static void add(List<Stretch> all, Phase phase, OptionalLong from, OptionalLong until, OptionalLong end) {
        if (from.isEmpty() || (end.isPresent() && end.getAsLong() < from.getAsLong())) {
            return;
        }
        all.add(new Stretch(phase, from.getAsLong(), earlier(until, end)));
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }
}
