package panelperf.headless;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import panelperf.time.Ticker;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visitcost.RecordedPage;

/**
 * A light visit's parts, one inside the other, without a network: run by {@code PartsCost}, which says how. What a part costs is
 * what it costs more than the one before.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PageParts {
    private static final URI ADDRESS = URI.create("http://localhost:5555/");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Ticker TICKER = Ticker.system();
    private static final PageEngine ENGINE = new LightEngine(Pacing.off());

    /** A page with nothing in it. */
    @State(Scope.Benchmark)
    public static class Empty {
        private final Network network = new ReplayedNetwork(
                new RecordedPage(
                        new RecordedPage.Answer(
                                200,
                                List.of("content-type: text/html"),
                                "<!DOCTYPE html><title>Empty</title>".getBytes(StandardCharsets.UTF_8)),
                        "none",
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                TICKER,
                false);
    }

    /** A recorded page. */
    @State(Scope.Benchmark)
    @NullUnmarked // JMH fills them.
    public static class Recorded {
        /** Where the recording is. */
        @Param("")
        public String recording;

        private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        private final PageWorkers workers = new PageWorkers(1);
        private Network silent;
        private Network speaking;

        @Setup
        public void read() throws IOException {
            RecordedPage page = RecordedPage.read(Path.of(recording));
            silent = new ReplayedNetwork(page, TICKER, false);
            speaking = new ReplayedNetwork(page, TICKER, true);
        }

        @TearDown
        public void close() {
            timers.shutdownNow();
            workers.shutdown();
        }
    }

    /** HtmlUnit's client, the global object, our scripts. */
    @Benchmark
    public int empty(Empty empty) throws Exception {
        return opened(empty.network);
    }

    /** The same, the page's HTML and its own scripts: until the websocket would open. */
    @Benchmark
    public int page(Recorded recorded) throws Exception {
        return opened(recorded.silent);
    }

    /** A whole visit: the same, and what comes over the websocket, until the page has loaded. */
    @Benchmark
    public PageView visit(Recorded recorded) throws Exception {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        new PageVisit(
                        new PageRequest(ADDRESS, "user", TICKER.nanos(), DEADLINE),
                        ENGINE,
                        TICKER,
                        recorded.speaking,
                        null,
                        recorded.timers,
                        recorded.workers,
                        null,
                        seen::complete)
                .begin(() -> {});
        PageView view = seen.get();
        if (!(view.outcome() instanceof Outcome.Loaded)) {
            throw new IllegalStateException("a visit of a recorded page: expected loaded, found " + view.outcome());
        }
        return view;
    }

    private static int opened(Network network) throws Exception {
        PooledJobs.installed();
        PageTraffic traffic = new PageTraffic(
                network,
                TICKER,
                TICKER.nanos() + DEADLINE.toNanos(),
                ADDRESS,
                RequestHeaders.none(),
                null,
                ENGINE::replaces);
        HtmlUnitPage page =
                new HtmlUnitPage(network, traffic, new PaintModel(TICKER, () -> {}), ENGINE, TICKER, new Unheard());
        page.open(ADDRESS);
        page.stop();
        page.close();
        traffic.close();
        return traffic.status();
    }

    /** Nobody hears what the page tells, but that it fails. */
    private static final class Unheard implements HtmlUnitPage.Events {
        @Override
        public void mark(String name) {}

        @Override
        public void failed(Outcome.Failed failure) {
            throw new IllegalStateException("a recorded page: expected no failure, found " + failure);
        }

        @Override
        public void session(@Nullable String id) {}

        @Override
        public boolean wantsSteps() {
            return false;
        }

        @Override
        public void step(String what, String model, boolean loader) {}

        @Override
        public boolean wantsDrawn() {
            return false;
        }

        @Override
        public void drawn(Drawn drawn) {}

        @Override
        public void transpiled(String script) {}
    }
}
