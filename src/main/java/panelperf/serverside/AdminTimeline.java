package panelperf.serverside;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import panelperf.bokeh.Columns;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.Span;

/**
 * The timeline of a Panel server's admin page (panel/io/admin.py, {@code get_timeline}): a quad for each phase of each
 * session, in the order in which they began to be logged.
 *
 * @param quads in that order
 * @param nowMs the server's clock when the page was made, or later; milliseconds since the Unix epoch
 */
public record AdminTimeline(List<Quad> quads, OptionalDouble nowMs) {
    private static final String[] TIMELINE = {"x0", "x1", "session", "type", "msg"};
    /** The trend of active sessions: its last row is now. */
    private static final String[] TREND = {"time", "live"};
    /** A page whose periodic callbacks never stop must not fill the memory. */
    private static final int MOST_SPANS = 1_000;

    private static final double MS_PER_SECOND = 1000;

    public AdminTimeline {
        quads = List.copyOf(quads);
    }

    /**
     * One phase; {@code toMs} is {@code fromMs} while it has not ended.
     *
     * @param session Python's id of the document, which after its end another may get
     * @param type what it is drawn as
     * @param message what was logged, for example {@code Session 140384163702608 initializing}
     */
    public record Quad(double fromMs, double toMs, String session, String type, String message) {}

    /**
     * The timeline in a pulled admin page.
     *
     * @param buffers those of the document
     * @return empty when it has none
     * @throws IllegalArgumentException when it has one whose columns cannot be read
     */
    public static Optional<AdminTimeline> of(JsonNode document, Map<String, byte[]> buffers) {
        List<Columns> sources = Columns.in(document, buffers);
        return sources.stream()
                .filter(source -> source.has(TIMELINE))
                .findFirst()
                .map(source -> new AdminTimeline(quads(source), now(sources)));
    }

    private static List<Quad> quads(Columns columns) {
        double[] from = columns.numbers("x0");
        double[] to = columns.numbers("x1");
        List<String> sessions = columns.texts("session");
        List<String> types = columns.texts("type");
        List<String> messages = columns.texts("msg");
        if (to.length != from.length
                || sessions.size() != from.length
                || types.size() != from.length
                || messages.size() != from.length) {
            throw new IllegalArgumentException("the timeline: expected columns of one length, found " + from.length
                    + ", " + to.length + ", " + sessions.size() + ", " + types.size() + " and " + messages.size());
        }
        List<Quad> quads = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            if (Double.isFinite(from[i]) && Double.isFinite(to[i])) {
                quads.add(new Quad(from[i], to[i], sessions.get(i), types.get(i), messages.get(i)));
            }
        }
        return quads;
    }

    private static OptionalDouble now(List<Columns> sources) {
        for (Columns source : sources) {
            if (source.has(TREND)) {
                double[] times = source.numbers("time");
                if (times.length > 0) {
                    return OptionalDouble.of(times[times.length - 1] * MS_PER_SECOND);
                }
            }
        }
        return OptionalDouble.empty();
    }

    /**
     * The sessions, in the order of their beginnings. One that began before Panel kept its log is not among them, and of one
     * that began with a websocket, without a page, the end of its initialisation is not told.
     *
     * <p>What is told of one id is put in the order of its instants again, because the quads are not: Panel 1.4 logs the
     * beginning and the end of a session twice, and finds the quad that an event belongs to by its text alone, which may be
     * one of an earlier session that bore the same id.
     *
     * <p>When a page was drawn may be missing, or be another session's: Panel logs {@code rendered} of whichever document is the
     * current one (panel/io/state.py, {@code _init_session}), once for each. Bokeh's current document is the top of a stack that
     * all threads share (bokeh/io/doc.py, {@code patch_curdoc}), so where Panel has a pool of threads it may be that of a session
     * whose events or deferred functions are being handled just then.
     */
    public List<RecordedSession> sessions() {
        Map<String, List<Event>> byId = new LinkedHashMap<>();
        for (Quad quad : quads) {
            byId.computeIfAbsent(quad.session(), id -> new ArrayList<>()).addAll(events(quad));
        }
        List<Life> lives = new ArrayList<>();
        byId.forEach((id, events) -> {
            events.sort(Comparator.comparingDouble(Event::atMs)); // stable: a quad without length keeps its order
            Life current = null;
            for (Event event : events) {
                if (event.what() == What.LAUNCHING && current == null) {
                    current = new Life(id, event.atMs());
                    lives.add(current);
                } else if (current != null) {
                    current.take(event);
                    current = event.what() == What.DESTROYED ? null : current;
                }
            }
        });
        return lives.stream()
                .map(Life::recorded)
                .sorted(Comparator.comparingDouble(RecordedSession::createdMs))
                .toList();
    }

    private enum What {
        LAUNCHING,
        CREATED,
        RENDERED,
        HANDLED,
        DESTROYED
    }

    /** Something that was logged; {@code untilMs} is later only of what was handled. */
    private record Event(What what, double atMs, double untilMs) {
        static Event at(What what, double ms) {
            return new Event(what, ms, ms);
        }
    }

    private static List<Event> events(Quad quad) {
        boolean launching = quad.message().equals("Session " + quad.session() + " launching");
        return switch (quad.type()) {
            case "initializing" ->
                List.of(Event.at(What.LAUNCHING, quad.fromMs()), Event.at(What.CREATED, quad.toMs()));
            case "rendering" -> List.of(Event.at(What.RENDERED, quad.toMs()));
            case "destroyed" -> List.of(Event.at(What.DESTROYED, quad.fromMs()));
            case "processing", "periodic" ->
                List.of(
                        launching
                                ? Event.at(What.LAUNCHING, quad.fromMs())
                                : new Event(What.HANDLED, quad.fromMs(), quad.toMs()));
            default -> List.of(); // what an app logs
        };
    }

    /** A session while what is told of it is read, in the order of time. */
    private static final class Life {
        private final String id;
        private final double createdMs;
        private final List<Span> handled = new ArrayList<>();
        private OptionalDouble initialised = OptionalDouble.empty();
        private OptionalDouble ready = OptionalDouble.empty();
        private OptionalDouble destroyed = OptionalDouble.empty();

        Life(String id, double createdMs) {
            this.id = id;
            this.createdMs = createdMs;
        }

        void take(Event event) {
            switch (event.what()) {
                case CREATED -> initialised = first(initialised, event);
                case RENDERED -> ready = first(ready, event);
                case DESTROYED -> destroyed = first(destroyed, event);
                case HANDLED -> {
                    if (handled.size() < MOST_SPANS) {
                        handled.add(new Span(event.atMs(), event.untilMs()));
                    }
                }
                case LAUNCHING -> {
                    // Logged again.
                }
            }
        }

        private static OptionalDouble first(OptionalDouble known, Event event) {
            return known.isPresent() ? known : OptionalDouble.of(event.atMs());
        }

        RecordedSession recorded() {
            return new RecordedSession(
                    RecordedSession.Source.ADMIN_PAGE,
                    id,
                    createdMs,
                    initialised,
                    ready,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    destroyed,
                    handled,
                    Optional.empty(),
                    0);
        }
    }
}
