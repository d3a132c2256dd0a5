package panelperf.canary;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;

/**
 * Visits by a Chromium that is new each time. One thread visits; any may close it, which ends the visit under way as
 * interrupted.
 */
public final class ColdChromium implements Visitor {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    /** A browser goes on starting after it has shown a page; people's have been open for a while. More changes nothing. */
    private static final long WARM_UP_MS = 1000;
    /** How often a page is asked whether it is loaded; its figures do not depend on it. */
    private static final long POLL_MS = 100;
    /** A paint is told a frame or two after it happened: what came last must not be missed. */
    private static final long LAST_PAINT_MS = 300;
    /** What hangs for so long after the deadline is killed. */
    private static final long GRACE_MS = 2000;

    private final InstalledChromium installed;
    private final Access access;
    private final Ticker ticker;
    private final Timeline timeline;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "canary-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable DriverProcess driver;
    private @Nullable List<String> arguments; // the visiting thread's
    private volatile boolean closed;

    /** A browser that does not run yet, and that no server asks for anything. */
    public ColdChromium(InstalledChromium installed, Ticker ticker, Timeline timeline) {
        this(installed, Access.open(), ticker, timeline);
    }

    /** A browser that does not run yet. */
    public ColdChromium(InstalledChromium installed, Access access, Ticker ticker, Timeline timeline) {
        this.installed = installed;
        this.access = access;
        this.ticker = ticker;
        this.timeline = timeline;
    }

    @Override
    public CanaryVisit visit(URI page, Duration deadline) throws CannotStart, InterruptedException {
        Chromium chromium = open(page, deadline);
        long patience = WARM_UP_MS + deadline.toMillis() + GRACE_MS;
        ScheduledFuture<?> kill = watchdog.schedule(this::kill, patience, TimeUnit.MILLISECONDS);
        try {
            Thread.sleep(WARM_UP_MS);
            return visit(chromium, page, deadline);
        } finally {
            kill.cancel(false);
            chromium.close();
        }
    }

    @Override
    public String ready(URI page) throws CannotStart, InterruptedException {
        try (Chromium chromium = open(page, Duration.ZERO)) {
            return chromium.name() + ", " + chromium.driverName();
        }
    }

    private Chromium open(URI page, Duration deadline) throws CannotStart, InterruptedException {
        List<String> known = arguments;
        if (known == null) {
            known = access.arguments(page);
            arguments = known;
        }
        try {
            return Chromium.open(
                    running().address(), installed.browser(), known, access.headers(), START_PATIENCE.plus(deadline));
        } catch (CannotStart e) {
            kill();
            throw e;
        }
    }

    private CanaryVisit visit(Chromium chromium, URI page, Duration deadline) throws InterruptedException {
        long begin = ticker.nanos();
        PageSeen seen = PageSeen.nothing();
        Outcome outcome;
        try {
            String problem = chromium.go(page);
            seen = problem.isEmpty() ? chromium.seen() : PageSeen.nothing();
            while (problem.isEmpty() && !seen.loaded() && seen.isAnswered() && left(begin, deadline) > 0 && !closed) {
                Thread.sleep(POLL_MS);
                seen = chromium.seen();
            }
            outcome = problem.isEmpty() ? outcome(seen) : new Outcome.Failed(cause(problem), problem);
            if (seen.loaded()) {
                Thread.sleep(LAST_PAINT_MS);
                seen = chromium.seen();
            }
        } catch (WebDriverException e) {
            outcome = seen.loaded() ? new Outcome.Loaded() : broken(e, seen, left(begin, deadline) <= 0);
            kill(); // a browser that no longer answers may not end either
        }
        long end = ticker.nanos();
        return new CanaryVisit(
                timeline.epochMs(begin),
                Timeline.millisBetween(begin, end),
                closed && !seen.loaded() ? new Outcome.Interrupted() : outcome,
                seen.millis(),
                seen.loaders(),
                chromium.name(),
                chromium.driverName());
    }

    private double left(long begin, Duration deadline) {
        return deadline.toMillis() - Timeline.millisBetween(begin, ticker.nanos());
    }

    private static Outcome outcome(PageSeen seen) {
        if (seen.loaded()) {
            return new Outcome.Loaded();
        }
        return seen.isAnswered()
                ? new Outcome.TimedOut(seen.waitingFor())
                : new Outcome.Failed(Cause.status(seen.status()), "");
    }

    private static Outcome broken(WebDriverException e, PageSeen seen, boolean late) {
        if (late) {
            return new Outcome.TimedOut(seen.waitingFor());
        }
        String message = Chromium.firstLine(e);
        return new Outcome.Failed(cause(message), message);
    }

    /** Chromium's words for what became of a navigation (net/base/net_error_list.h). */
    static String cause(String message) {
        if (message.contains("ERR_CONNECTION_REFUSED")) {
            return Cause.REFUSED;
        }
        if (message.contains("ERR_NAME_NOT_RESOLVED")) {
            return Cause.UNKNOWN_HOST;
        }
        if (message.contains("ERR_CONNECTION_RESET") || message.contains("ERR_EMPTY_RESPONSE")) {
            return Cause.RESET;
        }
        if (message.contains("ERR_CERT_") || message.contains("ERR_SSL_")) {
            return Cause.TLS;
        }
        return message.contains("ERR_CONNECTION_TIMED_OUT") ? Cause.CONNECT_TIMEOUT : Cause.ENGINE;
    }

    private synchronized DriverProcess running() throws CannotStart {
        if (closed) {
            throw new CannotStart("the canary was stopped");
        }
        DriverProcess known = driver;
        if (known == null) {
            known = DriverProcess.start(installed.driver());
            driver = known;
        }
        return known;
    }

    private void kill() {
        DriverProcess known;
        synchronized (this) {
            known = driver;
            driver = null;
        }
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        kill();
        watchdog.shutdownNow();
    }
}
