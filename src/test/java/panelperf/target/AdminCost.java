package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What an open admin page costs the server: {@code mvn test -Dtest=AdminCost}. Not run by itself.
 *
 * <p>The server is a process of its own, with its defaults; users visit without a pause. The pages are sockets that read
 * all that a page reads, so that no browser takes the server's processor away. Zero, one and five pages alternate, so
 * that what drifts drifts for all.
 */
final class AdminCost {
    private static final int[] PAGES = {0, 1, 5};
    private static final int ROUNDS = Integer.getInteger("rounds", 4);
    private static final int SECONDS = Integer.getInteger("seconds", 10);
    private static final int USERS = 8;
    /** As long as sessions live, so that as many end as begin. */
    private static final int WARM_UP_SECONDS = 35;

    private record Cell(double visitsPerSecond, double p50Ms, double p99Ms, double cpuMsPerVisit, double kbPerSecond) {}

    private final AtomicLong received = new AtomicLong();
    private volatile ConcurrentHistogram latencies = histogram();

    private static ConcurrentHistogram histogram() {
        return new ConcurrentHistogram(1, TimeUnit.MINUTES.toMicros(1), 3);
    }

    @Test
    void visits_with_no_one_and_five_admin_pages_open() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "panelperf.app.Main",
                        "serve",
                        "--port",
                        "0",
                        "--until-stdin-closes")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int port = port(server);
        try (WireVisits visits = new WireVisits(port, 1, 0, this::visited).start(USERS)) {
            pause(WARM_UP_SECONDS);
            Map<Integer, List<Cell>> cells = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int pages : PAGES) {
                    cells.computeIfAbsent(pages, key -> new ArrayList<>()).add(cell(server, port, pages));
                }
            }
            print(cells);
            assertThat(visits.failed()).isZero();
        } finally {
            server.getOutputStream().close();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static int port(Process server) throws Exception {
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        Matcher ready = Pattern.compile("http://localhost:(\\d+)/").matcher(String.valueOf(out.readLine()));
        assertThat(ready.find()).isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private void visited(long nanos) {
        latencies.recordValue(Math.min(TimeUnit.MINUTES.toMicros(1), TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    private Cell cell(Process server, int port, int pages) throws Exception {
        List<WebSocket> open = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < pages; i++) {
            open.add(client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/admin/live"), new Reader())
                    .get(10, TimeUnit.SECONDS));
        }
        // The snapshot is not what a page costs while it is open.
        pause(1);
        long receivedBefore = received.get();
        Duration cpuBefore = cpu(server);
        ConcurrentHistogram measured = histogram();
        latencies = measured;
        long begin = System.nanoTime();
        pause(SECONDS);
        latencies = histogram();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMs = cpu(server).minus(cpuBefore).toNanos() / 1e6;
        long bytes = received.get() - receivedBefore;
        open.forEach(WebSocket::abort);
        return new Cell(
                measured.getTotalCount() / seconds,
                measured.getValueAtPercentile(50) / 1e3,
                measured.getValueAtPercentile(99) / 1e3,
                cpuMs / measured.getTotalCount(),
                pages == 0 ? 0 : bytes / seconds / pages / 1e3);
    }

    private static Duration cpu(Process server) {
        return server.toHandle().info().totalCpuDuration().orElseThrow();
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void print(Map<Integer, List<Cell>> cells) {
        System.out.printf(
                Locale.ROOT,
                "%d users, %d rounds of %d s each, in alternation; %d processors, JDK %s; medians of the rounds%n",
                USERS,
                ROUNDS,
                SECONDS,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature());
        System.out.println("| admin pages | visits/s | p50, ms | p99, ms | server CPU, ms a visit | to a page, kB/s |"
                + " visits/s of each round |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        cells.forEach((pages, rounds) -> System.out.printf(
                Locale.ROOT,
                "| %d | %.0f | %.2f | %.2f | %.3f | %.1f | %s |%n",
                pages,
                median(rounds.stream().mapToDouble(Cell::visitsPerSecond).toArray()),
                median(rounds.stream().mapToDouble(Cell::p50Ms).toArray()),
                median(rounds.stream().mapToDouble(Cell::p99Ms).toArray()),
                median(rounds.stream().mapToDouble(Cell::cpuMsPerVisit).toArray()),
                median(rounds.stream().mapToDouble(Cell::kbPerSecond).toArray()),
                String.join(
                        ", ",
                        rounds.stream()
                                .map(cell -> String.format(Locale.ROOT, "%.0f", cell.visitsPerSecond()))
                                .toList())));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Reads, counts and forgets. */
    private final class Reader implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            received.addAndGet(data.length());
            socket.request(1);
            return null;
        }
    }
}
