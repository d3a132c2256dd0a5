package panelperf.target;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import panelperf.bokeh.Tokens;
import panelperf.session.Knobs;
import panelperf.target.admin.History;
import panelperf.target.admin.Limits;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * The whole server but for its sockets and its clock: every handler on embedded channels, the document loop on one more,
 * renders run when told, time moved by hand.
 */
final class VirtualServer implements AutoCloseable {
    static final long EPOCH_SECONDS = 1_795_459_000;
    static final Tokens TOKENS = new Tokens("a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8), true);

    private final EmbeddedChannel documents = new EmbeddedChannel();
    private final Deque<Runnable> renders = new ArrayDeque<>();
    private final List<VirtualConnection> connections = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private final HttpPipeline pipeline;
    private final Admin admin;
    private long nowNanos;

    VirtualServer() {
        this(new HelloApp(), Knobs.standard());
    }

    VirtualServer(App app, Knobs knobs) {
        this(app, PageScripts.own(), knobs, Optional.empty());
    }

    VirtualServer(App app, PageScripts scripts, Knobs knobs) {
        this(app, scripts, knobs, Optional.empty());
    }

    VirtualServer(App app, Knobs knobs, Optional<AdminSecret> secret) {
        this(app, PageScripts.own(), knobs, secret);
    }

    private VirtualServer(App app, PageScripts scripts, Knobs knobs, Optional<AdminSecret> secret) {
        documents.freezeTime();
        Ticker ticker = () -> nowNanos;
        Timeline timeline = new Timeline(0, EPOCH_SECONDS * 1000.0);
        History history = new History(ticker, timeline, Limits.standard());
        admin = new Admin(history, refusals, documents.eventLoop(), ticker, timeline);
        Sessions sessions =
                new Sessions(app, Behaviour.of(knobs), history, ticker, documents.eventLoop(), renders::add);
        pipeline = new HttpPipeline(new PageServerParts(
                new Site(app, scripts),
                Behaviour.of(knobs),
                sessions,
                TOKENS,
                new SessionIds(new Random(4)),
                new Origins(Set.of("localhost:5555")),
                new Hosts(Set.of("localhost:5555"), false),
                refusals,
                admin,
                new AdminAccess(secret, Set.of("localhost:5555")),
                ticker,
                timeline));
        sessions.start();
        settle();
    }

    /** A new connection from this machine. */
    VirtualConnection connect() {
        return connect("127.0.0.1");
    }

    VirtualConnection connect(String peer) {
        VirtualConnection connection = new VirtualConnection(this, pipeline, peer);
        connections.add(connection);
        settle();
        return connection;
    }

    /** A connection that has ended needs no more turns. */
    void forget(VirtualConnection connection) {
        connections.remove(connection);
    }

    /** A socket of a new session, whose page was asked for on another connection. */
    VirtualSocket openSocket() {
        return connect().upgrade(connect().get("/").token());
    }

    /** Runs what waits on any loop, until nothing does. */
    void settle() {
        // An answer takes a few turns between a connection and the document loop.
        for (int turn = 0; turn < 20; turn++) {
            documents.runPendingTasks();
            documents.runScheduledPendingTasks();
            connections.forEach(VirtualConnection::runTasks);
        }
    }

    /** Renders waiting for a thread of the pool. */
    int waitingRenders() {
        return renders.size();
    }

    /** Runs the oldest render that waits. */
    void render() {
        renders.remove().run();
        settle();
    }

    void pass(Duration time) {
        nowNanos += time.toNanos();
        documents.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connections.forEach(connection -> connection.pass(time));
        settle();
    }

    long refused(Refusal refusal) {
        return refusals.of(refusal);
    }

    /** Ends every connection; Netty's leak detector reports what was not released. */
    @Override
    public void close() {
        List.copyOf(connections).forEach(VirtualConnection::close);
        settle();
        admin.metrics().close();
        documents.finishAndReleaseAll();
    }
}
