package panelperf.headless;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** Opens pages in HtmlUnit: what all engines share. */
final class PageBrowser implements InspectingBrowser {
    /** Users whose caches are kept; more would be a leak with a name. */
    private static final int MOST_CACHES = 10_000;

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
     * A browser of its own sockets and threads.
     *
     * @param warmCache whether users come back with a filled cache
     * @param workers how many pages are fetched and parsed at once
     * @param tls whom TLS trusts; null: the JDK's authorities
     * @param ticker the clock by which requests say when they were meant to start
     */
    PageBrowser(PageEngine engine, boolean warmCache, int workers, @Nullable SSLContext tls, Ticker ticker) {
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

    int abandonedThreads() {
        return abandoned.get();
    }

    int visitsUnderWay() {
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
