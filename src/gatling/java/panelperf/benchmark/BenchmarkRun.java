package panelperf.benchmark;

import io.gatling.javaapi.core.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/**
 * The servers, and what is measured of them. Rounds come one after the other; within one, users end their lives on any of
 * Gatling's threads.
 */
final class BenchmarkRun {
    private static final String BEGAN = "lifeBegan";
    private static final Path RESULTS = Path.of("target", "benchmark");

    private final Ticker ticker = Ticker.system();
    private final BenchmarkOptions options;
    private final Map<Server, ServerProcess> servers = new EnumMap<>(Server.class);
    private final List<RoundFigures> measured = new ArrayList<>();
    private volatile @Nullable Turn turn;

    /** What a round needs to know of its beginning, and the lives that have ended in it. */
    private record Turn(
            Round round,
            long beganNanos,
            double serverCpuMs,
            double ownCpuMs,
            ConcurrentLinkedQueue<Double> livesMs,
            AtomicInteger failed) {}

    private BenchmarkRun(BenchmarkOptions options) {
        this.options = options;
    }

    /** Starts all servers, and records what the bare one is to say. */
    static BenchmarkRun begin(BenchmarkOptions options) {
        BenchmarkRun run = new BenchmarkRun(options);
        try {
            OpenFileLimit.check(options.idleSessions());
            Path recording = RESULTS.resolve("recording");
            ServerProcess target =
                    ServerProcess.java("panelperf.app.Main", "serve", "--port", "0", "--until-stdin-closes");
            run.servers.put(Server.TARGET, target);
            Recording.of(target.url()).write(recording);
            run.servers.put(Server.BARE_NETTY, ServerProcess.java(BareNetty.class.getName(), recording.toString()));
            options.python()
                    .map(python -> List.of(python.toString(), "-W", "ignore", "src/test/python/hello.py"))
                    .ifPresentOrElse(
                            command -> run.servers.put(Server.PANEL, ServerProcess.start(command)),
                            () -> System.err.println(
                                    "\n!!! PANEL IS NOT MEASURED, because this machine has no Python with"
                                            + " Panel; make it with: python3 -m venv .venv && .venv/bin/pip install -r"
                                            + " src/test/python/requirements.txt\n"));
            return run;
        } catch (IOException e) {
            run.stop();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            run.stop();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the servers started", e);
        }
    }

    /** The servers in alternation, the first turn of each a warm-up. */
    List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (int number = 0; number <= options.rounds(); number++) {
            for (Server server : servers.keySet()) {
                rounds.add(new Round(server, number, options.turn(server, number)));
            }
        }
        return rounds;
    }

    URI url(Server server) {
        return process(server).url();
    }

    private ServerProcess process(Server server) {
        ServerProcess process = servers.get(server);
        if (process == null) {
            throw new IllegalStateException("expected a running server '" + server + "', found none");
        }
        return process;
    }

    Session begin(Round round, Session session) {
        turn = new Turn(
                round,
                ticker.nanos(),
                process(round.server()).cpuMs(),
                ownCpuMs(),
                new ConcurrentLinkedQueue<>(),
                new AtomicInteger());
        return session;
    }

    Session lifeBegins(Session session) {
        return session.set(BEGAN, ticker.nanos());
    }

    /** Reached by every life; one that failed is counted and not timed. */
    Session lifeEnds(Round round, Session session) {
        Turn current = turn;
        if (current != null && current.round().equals(round)) {
            if (session.isFailed()) {
                current.failed().incrementAndGet();
            } else {
                current.livesMs().add((ticker.nanos() - session.getLong(BEGAN)) / 1e6);
            }
        }
        return session.markAsSucceeded();
    }

    Session end(Round round, Session session) {
        Turn current = turn;
        if (current != null && round.counts()) {
            measured.add(new RoundFigures(
                    round,
                    (ticker.nanos() - current.beganNanos()) / 1e9,
                    current.livesMs().stream().mapToDouble(Double::doubleValue).toArray(),
                    current.failed().get(),
                    process(round.server()).cpuMs() - current.serverCpuMs(),
                    ownCpuMs() - current.ownCpuMs()));
        }
        System.out.println(round + " has ended");
        return session;
    }

    private static double ownCpuMs() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e6)
                .orElse(Double.NaN);
    }

    /** The idle sessions, then the table, on the console and in a file; and the servers end. */
    void finish() {
        try {
            String table = BenchmarkTable.of(options, measured);
            if (options.idleSessions() > 0) {
                // A server of its own, whose heap holds nothing else.
                try (ServerProcess idle =
                        ServerProcess.java("panelperf.app.Main", "serve", "--port", "0", "--until-stdin-closes")) {
                    table += IdleSessions.hold(options.idleSessions(), idle);
                }
            }
            Files.createDirectories(RESULTS);
            Files.writeString(RESULTS.resolve("benchmark.txt"), table);
            System.out.println("\n" + table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stop();
        }
    }

    private void stop() {
        servers.values().forEach(ServerProcess::close);
    }
}
