package panelperf.target.admin;

import java.util.Locale;
import panelperf.session.ServerSession;
import panelperf.session.Work;

/** Names and figures as people, and the page's script, read them. */
final class Words {
    private static final double NANOS_PER_MS = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Words() {}

    static String of(Phase phase) {
        return lower(phase);
    }

    static String of(Work work) {
        return lower(work);
    }

    static String of(ServerSession.State state) {
        return lower(state);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** {@code 0.42 ms}, {@code 17 ms}, {@code 3.1 s}. */
    static String time(long nanos) {
        double ms = nanos / NANOS_PER_MS;
        if (ms >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
        }
        return String.format(Locale.ROOT, ms >= 10 ? "%.0f ms" : "%.2f ms", ms);
    }
}
