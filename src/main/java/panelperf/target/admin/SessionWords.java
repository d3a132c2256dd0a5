package panelperf.target.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import panelperf.session.ServerSession;

/** What has happened to a session from one look to the next, in the log's words. */
final class SessionWords {
    private SessionWords() {}

    /** Something that happened. */
    record Told(long nanos, String text) {}

    static List<Told> of(@Nullable ServerSession before, ServerSession now) {
        List<Told> told = new ArrayList<>(2);
        long created = now.createdNanos();
        if (before == null) {
            told.add(new Told(created, "created"));
        }
        add(told, before == null ? null : before.initialisedNanos(), now.initialisedNanos(), "initialised", created);
        add(told, before == null ? null : before.connectedNanos(), now.connectedNanos(), "connected", created);
        add(told, before == null ? null : before.readyNanos(), now.readyNanos(), "page drawn", created);
        add(told, before == null ? null : before.renderedNanos(), now.renderedNanos(), "rendered", created);
        add(told, before == null ? null : before.closedNanos(), now.closedNanos(), "closed", created);
        if (now.destroyedNanos().isPresent()) {
            add(told, null, now.destroyedNanos(), "destroyed", created);
        } else if (before != null && before.closedNanos().isPresent() && now.connections() > 0) {
            told.add(new Told(now.connectedNanos().orElse(created), "connected again"));
        }
        return told;
    }

    private static void add(
            List<Told> told, @Nullable OptionalLong before, OptionalLong now, String what, long createdNanos) {
        if (now.isPresent() && (before == null || before.isEmpty())) {
            told.add(new Told(now.getAsLong(), what + " after " + Words.time(now.getAsLong() - createdNanos)));
        }
    }
}
