package panelperf.target.admin;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import panelperf.session.ServerSession;

/** Counts sessions by what they are for now. Whoever shares it guards it. */
final class Tally {
    private enum Kind {
        COMING,
        CONNECTED,
        WAITING,
        GONE
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private long total;

    /** A session is now so; before, it was so, or was not. */
    void changed(@Nullable ServerSession before, ServerSession now) {
        if (before == null) {
            total++;
        } else {
            counts.merge(kind(before), -1, Integer::sum);
        }
        counts.merge(kind(now), 1, Integer::sum);
    }

    Census census() {
        return new Census(total, count(Kind.COMING), count(Kind.CONNECTED), count(Kind.WAITING));
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    private static Kind kind(ServerSession session) {
        if (session.destroyedNanos().isPresent()) {
            return Kind.GONE;
        } else if (session.connections() > 0) {
            return Kind.CONNECTED;
        }
        return session.closedNanos().isPresent() ? Kind.WAITING : Kind.COMING;
    }
}
