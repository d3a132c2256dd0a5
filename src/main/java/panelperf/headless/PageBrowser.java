package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * Opens pages in HtmlUnit, with sockets and threads of its own.
 *
 * <p>The light engine has our page script in place of the bundles of BokehJS and Panel; the full one has the bundles themselves,
 * transpiled. There a visit for which a script had to be transpiled was longer than a browser's, and fails with the cause {@code
 * transpiled}; the next one finds what it needs. {@link #prepare} makes such visits until there is nothing more to do.
 */
public final class PageBrowser implements InspectingBrowser {
    /** Users whose caches are kept; more would be a leak with a name. */
    private static final int MOST_CACHES = 10_000;

    /** The bundles come with the first; a script that only comes when another has run, with the second; more on a busy machine. */
    private static final int MOST_PREPARATIONS = 10;

    private static final int FEWEST_PREPARATIONS = 2;
    /** Ten bundles take some ten seconds of work, once; what is made after the deadline is kept, too. */
    private static final Duration PREPARATION = Duration.ofSeconds(30);

    private final PageEngine engine;
    private final boolean warmCache;
    private final Ticker ticker;
    private final Network network;
    private final PageWorkers workers;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, Daemons.named("page-timer"));
    private final Set<PageVisit> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, HttpCache> caches = new ConcurrentHashMap<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private volatile boolean interrupted;

    /**
     * A browser with our page script.
     *
     * @param ticker the clock by which requests say when they were meant to start
     */
    public static PageBrowser light(LightSettings settings, Ticker ticker) {
        return new PageBrowser(
                new LightEngine(settings.pacing()), settings.warmCache(), settings.workers(), settings.tls(), ticker);
    }

    /**
     * A browser with the page's own bundles.
     *
     * @param ticker the clock by which requests say when they were meant to start
     */
    public static PageBrowser full(FullSettings settings, Ticker ticker) {
        return new PageBrowser(
                new FullEngine(settings.scripts()), settings.warmCache(), settings.workers(), settings.tls(), ticker);
    }

    private PageBrowser(PageEngine engine, boolean warmCache, int workers, @Nullable SSLContext tls, Ticker ticker) {
        PooledJobs.installed();
        this.engine = engine;
        this.warmCache = warmCache;
        this.ticker = ticker;
        this.network = new NettyNetwork(ticker, tls);
        this.workers = new PageWorkers(workers);
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String engine() {
        return engine.name();
    }

    @Override
    public void open(PageRequest request, Consumer<PageView> whenDone) {
        open(request, null, whenDone);
    }

    @Override
    public void inspect(PageRequest request, Consumer<Drawn> inspector, Consumer<PageView> whenDone) {
        open(request, inspector, whenDone);
    }

    private void open(PageRequest request, @Nullable Consumer<Drawn> inspector, Consumer<PageView> whenDone) {
        PageVisit visit = new PageVisit(
                request,
                engine,
                ticker,
                network.forVisit(),
                cache(request.user()),
                timers,
                workers,
                inspector,
                whenDone);
        underWay.add(visit);
        visit.whenOver(() -> underWay.remove(visit));
        try {
            visit.begin(this::replaceStuckWorker);
        } catch (RejectedExecutionException e) {
            visit.finish(new Outcome.Interrupted()); // closed
        }
        if (interrupted) {
            visit.finish(new Outcome.Interrupted());
        }
    }

    /**
     * Where bundles run, visits the page, one visit after the other, until one of them needs no transpiler, and at least twice:
     * compiled scripts are kept from their second sight on.
     */
    @Override
    public void prepare(URI url, RequestHeaders headers) throws InterruptedException {
        boolean more = engine.runsBundles();
        for (int visits = 0; more && visits < MOST_PREPARATIONS; visits++) {
            more = isTranspiling(new PageRequest(url, "preparation", ticker.nanos(), PREPARATION, headers))
                    || visits + 1 < FEWEST_PREPARATIONS;
        }
    }

    /** Whether something was transpiled in a visit; no where it did not even end, of which the next to open the page will tell. */
    private boolean isTranspiling(PageRequest request) throws InterruptedException {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        open(request, seen::complete);
        try {
            PageView view = seen.get(request.deadline().toSeconds() + 5, TimeUnit.SECONDS);
            return view.outcome() instanceof Outcome.Failed failed
                    && failed.cause().equals(Cause.TRANSPILED);
        } catch (TimeoutException e) {
            return false; // a machine that is starved
        } catch (ExecutionException e) {
            throw new IllegalStateException("a visit never ends by an exception", e);
        }
    }

    private @Nullable HttpCache cache(String user) {
        if (!warmCache) {
            return null;
        }
        HttpCache known = caches.get(user);
        if (known != null || caches.size() >= MOST_CACHES) {
            return known;
        }
        return caches.computeIfAbsent(user, name -> new HttpCache());
    }

    /** One endless native call holds its thread for ever; the others must not have to do with one less. */
    private void replaceStuckWorker() {
        abandoned.incrementAndGet();
        workers.addOne();
    }

    /** How many threads were left behind in pages that could not be stopped. */
    public int abandonedThreads() {
        return abandoned.get();
    }

    /** Visits that have begun and not ended. */
    public int visitsUnderWay() {
        return underWay.size();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        underWay.forEach(visit -> visit.finish(new Outcome.Interrupted()));
    }

    @Override
    public void close() {
        interrupt();
        workers.shutdown();
        timers.shutdownNow();
        network.close();
    }

    static double millis(long from, long to) {
        return Math.max(0, Timeline.millisBetween(from, to));
    }
}
