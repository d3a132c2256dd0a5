package panelperf.canary;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import panelperf.time.Ticker;
import panelperf.visit.CanaryVisit;

/**
 * One real browser at a time that visits the page every few seconds, from {@link #start} to {@link #close}, on a thread of
 * its own. Whatever becomes of it, the load does not notice.
 */
public final class Canary implements AutoCloseable {
    /** From one start to the next, when visits are quicker. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    /** As load's visits. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Between the end of a visit and the next start: the machine is the load's, too. */
    private static final Duration REST = Duration.ofSeconds(1);
    /** Seven hours of them; a browser that visits for longer adds nothing but a longer file. */
    private static final int AT_MOST = 5000;
    /** A browser that fails so often in a row will not come. */
    private static final int FAILURES = 3;

    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    private final Visitor visitor;
    private final URI page;
    private final Ticker ticker;
    private final Pause pause;
    private final Consumer<CanaryVisit> whenEnded;
    private final Consumer<String> whenGivenUp;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "canary");

    /** A wait that the end of the canary cuts short. */
    interface Pause {
        /** Waits so long, or less when the latch opens. */
        void forNanos(CountDownLatch stopped, long nanos) throws InterruptedException;
    }

    /**
     * A canary that has not begun.
     *
     * @param visitor belongs to the canary from now on
     * @param whenEnded is told of each visit, on the canary's thread
     * @param whenGivenUp is told in a sentence why there are no more visits, at most once; not of its end by {@link #close}
     */
    public Canary(
            Visitor visitor, URI page, Ticker ticker, Consumer<CanaryVisit> whenEnded, Consumer<String> whenGivenUp) {
        this(visitor, page, ticker, Canary::await, whenEnded, whenGivenUp);
    }

    Canary(
            Visitor visitor,
            URI page,
            Ticker ticker,
            Pause pause,
            Consumer<CanaryVisit> whenEnded,
            Consumer<String> whenGivenUp) {
        this.visitor = visitor;
        this.page = page;
        this.ticker = ticker;
        this.pause = pause;
        this.whenEnded = whenEnded;
        this.whenGivenUp = whenGivenUp;
        thread.setDaemon(true);
    }

    private static void await(CountDownLatch stopped, long nanos) throws InterruptedException {
        var unused = stopped.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Sees whether a browser comes up, on this thread, before there is a load that would be slowed by it.
     *
     * @return what visits, in a clause
     * @throws CannotStart when none does; then nothing is left of it
     */
    public String ready() throws CannotStart, InterruptedException {
        try {
            return visitor.ready(page) + ", a new process every " + EVERY.toSeconds() + " s";
        } catch (CannotStart | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Begins to visit; returns at once. From any thread, as often as one likes; not after {@link #close}. */
    public void start() {
        if (!isStopped() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** The visits, one after another, to their end. */
    void run() {
        try {
            visits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A defect of ours, or Selenium's: it must not be silent, and it must not end the run.
            if (!isStopped()) {
                whenGivenUp.accept("the canary broke: " + e);
            }
        } finally {
            visitor.close();
        }
    }

    private void visits() throws InterruptedException {
        int failures = 0;
        int made = 0;
        while (made < AT_MOST && !isStopped()) {
            long begin = ticker.nanos();
            try {
                whenEnded.accept(visitor.visit(page, DEADLINE));
                made++;
                failures = 0;
            } catch (CannotStart e) {
                failures++;
                if (isStopped()) {
                    return;
                }
                if (made == 0 || failures == FAILURES) {
                    whenGivenUp.accept(String.valueOf(e.getMessage()));
                    return;
                }
            }
            long next = Math.max(begin + EVERY.toNanos(), ticker.nanos() + REST.toNanos());
            pause.forNanos(stopped, next - ticker.nanos());
        }
    }

    /** Ends the visit under way and every process that it needed; returns when both are over. May be called again. */
    @Override
    public void close() {
        stopped.countDown();
        visitor.close();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
