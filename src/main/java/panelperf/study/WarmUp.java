package panelperf.study;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;

/**
 * Visits that warm up the injector's own JVM, before anything is measured. They go to a target of our own on a port of
 * its own, never to the server under test, which must not age before its study. Without them the first ten visits at
 * once are slow through no fault of the server's: LCP p90 1.4 s instead of 0.8 s, measured on 2 cores.
 */
public final class WarmUp {
    private static final int VISITS = 80;
    private static final int AT_ONCE = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private WarmUp() {}

    /**
     * Warms up and returns when that is done, or after 15 s.
     *
     * @param browser without pacing, so that the time goes into work; the caller closes it
     * @param log receives what the warm-up's target prints
     * @return how many visits were made
     */
    static int run(Browser browser, Ticker ticker, Path log) {
        try (ChildTarget target = ChildTarget.start(0, new TargetKnobs(Map.of()), log)) {
            return visits(browser, ticker, target.url());
        }
    }

    /**
     * Warms up on a server that is there already.
     *
     * @param url a page of a target of our own
     * @return how many visits were made
     */
    public static int visits(Browser browser, Ticker ticker, URI url) {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicInteger loaded = new AtomicInteger();
        long begin = ticker.nanos();
        int opened = 0;
        try {
            while (opened < VISITS && ticker.nanos() - begin < AT_MOST.toNanos()) {
                free.acquire();
                browser.open(new PageRequest(url, "warm-up", ticker.nanos(), DEADLINE), view -> {
                    if (view.outcome() instanceof Outcome.Loaded) {
                        loaded.incrementAndGet();
                    }
                    free.release();
                });
                opened++;
            }
            if (!free.tryAcquire(AT_ONCE, DEADLINE.toSeconds() + 5, TimeUnit.SECONDS) || loaded.get() == 0) {
                throw new StudyStopped("the warm-up failed: of " + opened + " visits to a target of our own "
                        + loaded.get() + " loaded; start with -Dwarmup=off to go on without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudyStopped("interrupted during the warm-up");
        }
        return opened;
    }
}
