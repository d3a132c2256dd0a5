package panelperf.study;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.headless.CannotRead;
import panelperf.headless.DocumentReader;
import panelperf.run.RecordedSession;
import panelperf.serverside.AdminTimeline;
import panelperf.serverside.Joining;
import panelperf.serverside.OurSessions;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Redaction;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Visit;

/**
 * Asks a server for its sessions, once, when the load is over: Panel's admin page makes every later page of its process
 * heavier. It blocks, for {@link #PATIENCE} at most.
 */
final class ServerSide {
    /** Panel builds its admin page again from all that it has logged, which takes a second for some hundred sessions. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final String PHASE = "sessions";
    /** A session leaves some 5 kB in an admin page. */
    private static final long MOST_BYTES = 32 << 20;

    private static final String GOES_ON = "; the run goes on without the server's sessions";
    private static final int OK = 200;

    private final URI page;
    private final boolean ours;
    private final Ticker ticker;
    private final Timeline timeline;
    private final RequestHeaders headers;
    private final @Nullable SSLContext tls;

    /**
     * A server side.
     *
     * @param page the page's address
     * @param ours whether it is our target, which tells its sessions by their ids
     * @param headers what the run's visits carry
     * @param tls whom TLS trusts; null: the JDK's authorities
     */
    ServerSide(
            URI page,
            boolean ours,
            Ticker ticker,
            Timeline timeline,
            RequestHeaders headers,
            @Nullable SSLContext tls) {
        this.page = page;
        this.ours = ours;
        this.ticker = ticker;
        this.timeline = timeline;
        this.headers = headers;
        this.tls = tls;
    }

    /**
     * What was told.
     *
     * @param sessions those that lived while the run went on, joined to its visits; empty when nothing was told
     * @param sentence how it went
     */
    record Told(List<RecordedSession> sessions, String sentence) {}

    /**
     * Asks.
     *
     * @param visits of this run, all that have ended
     * @param sinceMs sessions that ended before are left out; milliseconds since the Unix epoch
     */
    Told ask(List<Visit> visits, double sinceMs) throws InterruptedException {
        try (DocumentReader reader = new DocumentReader(ticker, PATIENCE, MOST_BYTES, headers, tls)) {
            return ours ? ofOurs(reader, visits, sinceMs) : ofPanel(reader, visits, sinceMs);
        } catch (CannotRead | IllegalArgumentException e) {
            String expected = ours ? "the sessions of our target" : "the admin page of a Panel server";
            return new Told(
                    List.of(),
                    "expected " + expected + " at " + Redaction.of(page) + ", found " + e.getMessage() + GOES_ON);
        }
    }

    private Told ofOurs(DocumentReader reader, List<Visit> visits, double sinceMs)
            throws CannotRead, InterruptedException {
        DocumentReader.Answer answer = reader.get(PageAddress.below(page, "sessions.ndjson"));
        if (answer.status() != OK) {
            return new Told(
                    List.of(),
                    "expected the sessions of our target, found status " + answer.status()
                            + "; only who may see its admin page is told" + GOES_ON);
        }
        List<RecordedSession> sessions = lived(OurSessions.read(answer.body()), sinceMs);
        return joined(Joining.byId(sessions, visits), "");
    }

    private Told ofPanel(DocumentReader reader, List<Visit> visits, double sinceMs)
            throws CannotRead, InterruptedException {
        List<String> found = new ArrayList<>();
        for (URI place : places(page)) {
            DocumentReader.Answer answer = reader.get(place);
            if (answer.status() == OK) {
                return ofAdminPage(reader.pull(place, answer), visits, sinceMs);
            }
            found.add("status " + answer.status() + " at " + Redaction.of(place));
        }
        return new Told(
                List.of(),
                "expected the admin page of a Panel server, found " + String.join(" and ", found)
                        + "; start it with --admin or admin=True for its side of the story, or say -DserverSide=off"
                        + GOES_ON);
    }

    /** Where an admin page may be: beside the page, or above, where its server's prefix ends. */
    static Set<URI> places(URI page) {
        URI bare = URI.create(page.toString().replaceFirst("[?#].*$", ""));
        Set<URI> places = new LinkedHashSet<>();
        String path = bare.getRawPath().isEmpty() ? "/" : bare.getRawPath();
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            places.add(bare.resolve(path.substring(0, end + 1) + "admin"));
        }
        return places;
    }

    private Told ofAdminPage(DocumentReader.Pulled pulled, List<Visit> visits, double sinceMs) {
        Optional<AdminTimeline> told = AdminTimeline.of(pulled.doc(), pulled.buffers());
        if (told.isEmpty()) {
            return new Told(
                    List.of(), "expected the timeline of a Panel server's admin page, found none in it" + GOES_ON);
        }
        double askedMs = timeline.epochMs(pulled.requestedNanos());
        double tookMs = Timeline.millisBetween(pulled.requestedNanos(), pulled.pulledNanos());
        double nowMs = told.get().nowMs().orElse(askedMs); // the server read its clock between request and document
        double apart = Math.max(askedMs - nowMs, nowMs - (askedMs + tookMs));
        boolean agree = apart <= Joining.CLOCKS_MS;
        double untilMs =
                agree ? askedMs : nowMs - tookMs; // since Panel 1.4 the admin page's own session is told of, too
        List<RecordedSession> sessions = lived(told.get().sessions(), sinceMs).stream()
                .filter(session -> session.createdMs() < untilMs)
                .toList();
        if (!agree) {
            return new Told(
                    sessions,
                    String.format(
                            Locale.ROOT,
                            "%d of the server's, none joined to a visit: its clock and this one's are at least %.0f ms"
                                    + " apart; set both by one time server",
                            sessions.size(),
                            apart));
        }
        return joined(
                Joining.byInstants(sessions, visits),
                "; its admin page has been open, which makes its later pages heavier: start it anew before another run");
    }

    private static List<RecordedSession> lived(List<RecordedSession> sessions, double sinceMs) {
        return sessions.stream()
                .filter(session -> session.destroyedMs().orElse(Double.POSITIVE_INFINITY) >= sinceMs)
                .toList();
    }

    private static Told joined(List<RecordedSession> sessions, String more) {
        long joined =
                sessions.stream().filter(session -> session.visit().isPresent()).count();
        return new Told(
                sessions, sessions.size() + " of the server's, " + joined + " of them joined to a visit" + more);
    }
}
