package panelperf.study;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import panelperf.generator.ProcessCpu;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * Visits that warm up the injector's own JVM, before anything is measured. They go to a target of our own on a port of
 * its own, never to the server under test, which must not age before its study. Without them the first ten visits at
 * once are slow through no fault of the server's: LCP p90 1.4 s instead of 0.8 s, measured on 2 cores.
 */
public final class WarmUp {
    /** Visits between two looks at the CPU. */
    static final int BATCH = 20;

    private static final int AT_ONCE = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private final Browser browser;
    private final Ticker ticker;
    private final URI url;
    private final DoubleSupplier cpu;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicInteger loaded = new AtomicInteger();
    private final List<Double> cpuMs = new ArrayList<>();
    private volatile boolean stopped;

    private WarmUp(Browser browser, Ticker ticker, URI url, DoubleSupplier cpu) {
        this.browser = browser;
        this.ticker = ticker;
        this.url = url;
        this.cpu = cpu;
    }

    /**
     * How it went.
     *
     * @param visits how many were made
     * @param seconds how long it took
     * @param cpuMs CPU a visit at the end, ms; 0 when the platform does not tell
     * @param settled whether CPU a visit had stopped falling; else the time was up
     */
    public record Warmed(int visits, double seconds, double cpuMs, boolean settled) {
        /** For the console. */
        String sentence() {
            String made = String.format(Locale.ROOT, "%d visits in %.1f s; CPU a visit ", visits, seconds);
            return made + String.format(Locale.ROOT, settled ? "settled at %.0f ms" : "has come to %.0f ms", cpuMs);
        }
    }

    /**
     * Warms up and returns when CPU a visit has settled, or after 15 s.
     *
     * @param browser without pacing, so that the time goes into work; the caller closes it
     * @param log receives what the warm-up's target prints
     * @param holdings are given that target, which ends with the warm-up
     */
    static Warmed run(Browser browser, Ticker ticker, Path log, Holdings holdings) {
        try (ChildTarget target = ChildTarget.start(0, new TargetKnobs(Map.of()), log, holdings)) {
            return visits(browser, ticker, target.url(), AT_MOST);
        }
    }

    /**
     * Warms up on a server that is there already.
     *
     * @param url a page of a target of our own
     * @param atMost how long visits may begin
     */
    public static Warmed visits(Browser browser, Ticker ticker, URI url, Duration atMost) {
        return visits(browser, ticker, url, atMost, ProcessCpu::ms);
    }

    static Warmed visits(Browser browser, Ticker ticker, URI url, Duration atMost, DoubleSupplier cpu) {
        return new WarmUp(browser, ticker, url, cpu).until(ticker.nanos() + atMost.toNanos());
    }

    private Warmed until(long endNanos) {
        long begin = ticker.nanos();
        double cpuBefore = cpu.getAsDouble();
        try {
            browser.prepare(url, RequestHeaders.none());
            while (!Warmth.settled(cpuMs) && !stopped && ticker.nanos() - endNanos < 0) {
                batch();
                double cpuNow = cpu.getAsDouble();
                cpuMs.add((cpuNow - cpuBefore) / BATCH);
                cpuBefore = cpuNow;
            }
            awaitLast();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudyStopped("interrupted during the warm-up");
        }
        double seconds = Timeline.millisBetween(begin, ticker.nanos()) / 1000;
        return new Warmed(cpuMs.size() * BATCH, seconds, Warmth.last(cpuMs), Warmth.settled(cpuMs));
    }

    private void batch() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            free.acquire();
            browser.open(new PageRequest(url, "warm-up", ticker.nanos(), DEADLINE), this::ended);
        }
    }

    private void ended(PageView view) {
        if (view.outcome() instanceof Outcome.Loaded) {
            loaded.incrementAndGet();
        } else if (view.outcome() instanceof Outcome.Interrupted) {
            stopped = true; // the browser takes no more visits
        }
        free.release();
    }

    private void awaitLast() throws InterruptedException {
        boolean allEnded = free.tryAcquire(AT_ONCE, DEADLINE.toSeconds() + 5, TimeUnit.SECONDS);
        if (stopped || !allEnded || loaded.get() == 0) {
            throw new StudyStopped("the warm-up failed: of " + cpuMs.size() * BATCH + " visits to a target of our own "
                    + loaded.get() + " loaded; start with -Dwarmup=off to go on without it");
        }
    }
}
