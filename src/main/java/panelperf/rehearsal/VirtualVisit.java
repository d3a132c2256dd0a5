package panelperf.rehearsal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import panelperf.session.Knobs;
import panelperf.session.SessionKey;
import panelperf.session.Work;

/**
 * One visit as the server sees it: page, files, websocket, document, ready, content, close. What a browser does between
 * them is two pauses, as in real visits.
 */
final class VirtualVisit {
    /** What a browser takes for its scripts, and for building the views (see the light engine's pacing). */
    private static final Duration EVALUATE = Duration.ofMillis(300);

    private static final Duration BUILD = Duration.ofMillis(50);

    /** How long Linux puts an acknowledgement off; what a reply of several small writes waits under Nagle's algorithm. */
    private static final Duration DELAYED_ACK = Duration.ofMillis(42);

    /** What Panel's BrowserInfo writes back unasked, a message each. */
    private static final int BROWSER_FACTS = 6;

    /** What a page as heavy as Panel's names, and what every page of ours does. */
    private static final int PANEL_FILES = 12;

    private static final int OWN_FILES = 3;

    private final VirtualServer server;
    private final VirtualTime time;
    private final Knobs knobs;
    private final String scenario;
    private final String id;
    private final long startNanos;
    private final Consumer<VisitTimes> ended;
    private long htmlNanos;
    private long filesNanos;
    private long readyNanos;
    private int filesLeft;
    private int factsLeft;

    VirtualVisit(
            VirtualServer server,
            VirtualTime time,
            Knobs knobs,
            String scenario,
            String id,
            Consumer<VisitTimes> ended) {
        this.server = server;
        this.time = time;
        this.knobs = knobs;
        this.scenario = scenario;
        this.id = id;
        this.ended = ended;
        this.startNanos = time.nowNanos();
    }

    void begin() {
        server.open(id, this::html);
    }

    private void html(SessionKey session) {
        htmlNanos = time.nowNanos();
        if (knobs.costs().isFree(Work.FILE)) {
            files();
            return;
        }
        filesLeft = knobs.delivery().files() == Knobs.Files.PANEL ? PANEL_FILES : OWN_FILES;
        int asked = filesLeft;
        for (int file = 0; file < asked; file++) {
            server.bring(Work.FILE, Optional.empty(), () -> {
                filesLeft--;
                if (filesLeft == 0) {
                    files();
                }
            });
        }
    }

    private void files() {
        filesNanos = time.nowNanos();
        time.in(EVALUATE.toNanos(), () -> server.open(id, this::connect));
    }

    /** A socket belongs to its session from when it is let in, before it hears so: a server that is slow then may not end it. */
    private void connect(SessionKey session) {
        server.connected(session);
        server.bring(Work.CONNECT, Optional.of(session), () -> reply(() -> pull(session)));
    }

    private void pull(SessionKey session) {
        server.bring(Work.PULL, Optional.of(session), () -> reply(() -> draw(session)));
    }

    private void draw(SessionKey session) {
        factsLeft = knobs.delivery().files() == Knobs.Files.PANEL ? BROWSER_FACTS : 0;
        readyNanos = time.nowNanos() + BUILD.toNanos();
        tellFacts(session, () -> time.at(readyNanos, () -> ready(session)));
    }

    /** One message of a socket waits for the server at a time. */
    private void tellFacts(SessionKey session, Runnable told) {
        if (factsLeft == 0) {
            told.run();
        } else {
            factsLeft--;
            server.bring(Work.ANSWER, Optional.of(session), () -> tellFacts(session, told));
        }
    }

    private void ready(SessionKey session) {
        server.bring(Work.ANSWER, Optional.of(session), () -> server.ready(session, () -> reply(() -> close(session))));
    }

    private void close(SessionKey session) {
        ended.accept(new VisitTimes(scenario, startNanos, htmlNanos, filesNanos, readyNanos, time.nowNanos()));
        server.bring(Work.DISCONNECT, Optional.of(session), () -> server.disconnected(session));
    }

    /** What the server says reaches the client at once, or after the stall. */
    private void reply(Runnable heard) {
        if (knobs.delivery().wire() == Knobs.Wire.NAGLE) {
            time.in(DELAYED_ACK.toNanos(), heard);
        } else {
            time.in(0, heard);
        }
    }
}
