package panelperf.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import panelperf.visit.VisitStart;

/**
 * One session of the server, as the server told of it once the load was over. Instants are milliseconds since the Unix epoch
 * by the server's clock; what did not happen, or is not told, is empty.
 *
 * @param source who told of it
 * @param id the server's name for it; of Panel's admin page the Python id of its document, which a later one may bear again
 * @param createdMs when it was asked for; of Panel's admin page, when its document began to be made
 * @param initialisedMs when its document was there
 * @param readyMs when a client first said that it had drawn the page; Panel may leave it out, or tell another session's
 * @param renderedMs when all that was deferred had been rendered; Panel's admin page does not tell
 * @param closedMs when its last socket closed; of Panel's admin page, which does not tell, when its visit ended
 * @param destroyedMs when it was destroyed
 * @param handled when something of it was handled: events of its page, periodic callbacks; in the order of time
 * @param visit the visit that it was made for; empty when none fits, or more than one may
 * @param fits how many visits it could have been made for
 */
public record RecordedSession(
        Source source,
        String id,
        double createdMs,
        OptionalDouble initialisedMs,
        OptionalDouble readyMs,
        OptionalDouble renderedMs,
        OptionalDouble closedMs,
        OptionalDouble destroyedMs,
        List<Span> handled,
        Optional<VisitName> visit,
        int fits) {

    /** Who tells of sessions. */
    public enum Source {
        /** The timeline of a Panel server's admin page. Its instants are the server's work alone. */
        ADMIN_PAGE,
        /** Our target's {@code /sessions.ndjson}. Its instants have the wait for the document loop in them. */
        OUR_TARGET
    }

    public RecordedSession {
        handled = List.copyOf(handled);
    }

    /** Some time of a server; milliseconds since the Unix epoch. */
    public record Span(double fromMs, double toMs) {}

    /** A visit by what it is unique by in its run. */
    public record VisitName(String scenario, long user, int iteration) {
        public static VisitName of(VisitStart start) {
            return new VisitName(start.scenario(), start.user(), start.iteration());
        }
    }

    /** The same session with how many visits it fits, none of which is its own for sure. */
    public RecordedSession withFits(int number) {
        return new RecordedSession(
                source,
                id,
                createdMs,
                initialisedMs,
                readyMs,
                renderedMs,
                closedMs,
                destroyedMs,
                handled,
                visit,
                number);
    }

    /**
     * The same session as that of a visit.
     *
     * @param closed when its last socket closed, if that is known now
     */
    public RecordedSession of(VisitName joined, OptionalDouble closed) {
        return new RecordedSession(
                source,
                id,
                createdMs,
                initialisedMs,
                readyMs,
                renderedMs,
                closedMs.isPresent() ? closedMs : closed,
                destroyedMs,
                handled,
                Optional.of(joined),
                Math.max(1, fits));
    }
}
