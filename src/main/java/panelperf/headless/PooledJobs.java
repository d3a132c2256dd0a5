package panelperf.headless;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebWindow;
import org.htmlunit.javascript.background.BackgroundJavaScriptFactory;
import org.htmlunit.javascript.background.JavaScriptExecutor;
import org.htmlunit.javascript.background.JavaScriptJob;
import org.htmlunit.javascript.background.JavaScriptJobManager;
import org.htmlunit.javascript.background.JavaScriptJobManager.JavaScriptJobFilter;
import panelperf.time.Ticker;
import panelperf.time.WallClock;

/**
 * Runs the timers and events of all pages of this JVM on one small pool, where HtmlUnit would give every page a thread.
 * HtmlUnit keeps this factory for the whole JVM, so it is installed once.
 */
final class PooledJobs extends BackgroundJavaScriptFactory {
    /** Pages take turns after so many jobs. */
    private static final int TURN = 64;

    private static final double NANOS_PER_MS = 1e6;
    /** Threads take some time to wake up on every machine; that is nobody's fault. */
    private static final long TOLERANCE_NANOS = 1_000_000;

    /** One for the JVM, as the pool is; it measures waits only, which are the same on every monotonic clock. */
    private static final Ticker TICKER = Ticker.system();

    private final ScheduledThreadPoolExecutor pool;

    private PooledJobs(int threads) {
        pool = new ScheduledThreadPoolExecutor(threads, Daemons.named("page-scripts"));
        pool.setRemoveOnCancelPolicy(true);
    }

    private static final class Installed {
        static final PooledJobs ONCE = install();

        private static PooledJobs install() {
            PooledJobs jobs = new PooledJobs(Math.max(2, Runtime.getRuntime().availableProcessors()));
            BackgroundJavaScriptFactory.setFactory(jobs);
            return jobs;
        }
    }

    /** Installs the factory, when that has not happened yet. To be called before the first WebClient. */
    static PooledJobs installed() {
        return Installed.ONCE;
    }

    @Override
    public JavaScriptExecutor createJavaScriptExecutor(WebClient client) {
        return new JavaScriptExecutor() {
            @Override
            public void run() {}

            @Override
            public void addWindow(WebWindow window) {}

            @Override
            public void shutdown() {}
        };
    }

    @Override
    public JavaScriptJobManager createJavaScriptJobManager(WebWindow window) {
        return new WindowJobs(super.createJavaScriptJobManager(window));
    }

    /** How long a window's jobs have waited for a thread so far, all together, ms; 0 for a window of another factory. */
    static double waitedMs(WebWindow window) {
        return window.getJobManager() instanceof WindowJobs jobs ? jobs.waitedNanos.sum() / NANOS_PER_MS : 0;
    }

    /** How long a window's jobs have waited for a thread, or run, so far, ms; what waits or runs just now included. */
    static double busyMs(WebWindow window) {
        return window.getJobManager() instanceof WindowJobs jobs ? jobs.busyNanos() / NANOS_PER_MS : 0;
    }

    /** Says whom to tell when a window's jobs break the engine; they run no more then. */
    static void whenBroken(WebWindow window, Consumer<Throwable> broken) {
        if (window.getJobManager() instanceof WindowJobs jobs) {
            jobs.broken = broken;
        }
    }

    /** One window's jobs: kept and ordered by HtmlUnit's own manager, run on the pool, one at a time. */
    private final class WindowJobs implements JavaScriptJobManager {
        private final JavaScriptJobManager jobs;
        /** Wake-ups that came; the one that finds 0 drains, and stays until no more have come meanwhile. */
        private final AtomicInteger wakeUps = new AtomicInteger();

        private final LongAdder waitedNanos = new LongAdder();
        private long nextNanos;
        private boolean awaited;
        private long ranNanos;
        private long beganNanos;
        private boolean running;
        private volatile Consumer<Throwable> broken = problem -> {};

        private volatile boolean over;

        WindowJobs(JavaScriptJobManager jobs) {
            this.jobs = jobs;
        }

        @Override
        public int addJob(JavaScriptJob job, Page page) {
            int id = jobs.addJob(job, page);
            if (id != 0) {
                wakeUpAt(job);
            }
            return id;
        }

        private void wakeUpAt(JavaScriptJob job) {
            // Target times are wall time to HtmlUnit; the delay is what is left of it.
            wakeUpIn(Math.max(0, job.getTargetExecutionTime() - WallClock.epochMs()));
        }

        private void wakeUpIn(long delayMs) {
            long dueNanos = TICKER.nanos() + TimeUnit.MILLISECONDS.toNanos(delayMs);
            if (over || !becomesNext(dueNanos)) {
                return;
            }
            try {
                var unused = pool.schedule(() -> drain(dueNanos), delayMs, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                over = true; // the JVM is ending
            }
        }

        /** Whether this wake-up comes before every other that is to come; if not, that one will do. */
        private synchronized boolean becomesNext(long dueNanos) {
            if (awaited && nextNanos - dueNanos <= 0) {
                return false;
            }
            awaited = true;
            nextNanos = dueNanos;
            return true;
        }

        private synchronized void came(long dueNanos) {
            if (awaited && nextNanos == dueNanos) {
                awaited = false;
            }
        }

        private synchronized void begins() {
            running = true;
            beganNanos = TICKER.nanos();
        }

        private synchronized void ended() {
            running = false;
            ranNanos += TICKER.nanos() - beganNanos;
        }

        private synchronized long busyNanos() {
            long now = TICKER.nanos();
            long before = waitedNanos.sum() + ranNanos;
            if (running) {
                return before + now - beganNanos;
            }
            return awaited && now - nextNanos > 0 ? before + now - nextNanos : before;
        }

        private void drain(long dueNanos) {
            came(dueNanos);
            if (over || wakeUps.getAndIncrement() != 0) {
                return;
            }
            long waited = TICKER.nanos() - dueNanos;
            if (waited > TOLERANCE_NANOS) {
                waitedNanos.add(waited);
            }
            int met = 1;
            do {
                try {
                    begins();
                    runDueJobs();
                } catch (ScriptEngine.DeadlinePassed e) {
                    over = true; // the visit's timer ends it
                } catch (RuntimeException | Error e) {
                    // HtmlUnit takes the exceptions of scripts; what comes through is a defect, and must not be
                    // silence.
                    over = true;
                    broken.accept(e);
                } finally {
                    ended();
                }
                met = wakeUps.addAndGet(-met);
            } while (met != 0 && !over);
        }

        private void runDueJobs() {
            for (int done = 0; !over; done++) {
                JavaScriptJob job = jobs.getEarliestJob();
                if (job == null) {
                    return;
                }
                if (job.getTargetExecutionTime() > WallClock.epochMs()) {
                    wakeUpAt(job); // a repeating job's next time, or a wake-up that came too early
                    return;
                }
                if (done == TURN) {
                    wakeUpIn(0);
                    return;
                }
                jobs.runSingleJob(job);
            }
        }

        @Override
        public void shutdown() {
            over = true;
            jobs.shutdown();
        }

        @Override
        public int getJobCount() {
            return jobs.getJobCount();
        }

        @Override
        public int getJobCount(JavaScriptJobFilter filter) {
            return jobs.getJobCount(filter);
        }

        @Override
        public void removeJob(int id) {
            jobs.removeJob(id);
        }

        @Override
        public void removeAllJobs() {
            jobs.removeAllJobs();
        }

        @Override
        public void stopJob(int id) {
            jobs.stopJob(id);
        }

        @Override
        public int waitForJobs(long timeoutMillis) {
            return jobs.waitForJobs(timeoutMillis);
        }

        @Override
        public int waitForJobsStartingBefore(long delayMillis) {
            return jobs.waitForJobsStartingBefore(delayMillis);
        }

        @Override
        public int waitForJobsStartingBefore(long delayMillis, long timeoutMillis) {
            return jobs.waitForJobsStartingBefore(delayMillis, timeoutMillis);
        }

        @Override
        public int waitForJobsStartingBefore(long delayMillis, JavaScriptJobFilter filter) {
            return jobs.waitForJobsStartingBefore(delayMillis, filter);
        }

        @Override
        public int waitForJobsStartingBefore(long delayMillis, long timeoutMillis, JavaScriptJobFilter filter) {
            return jobs.waitForJobsStartingBefore(delayMillis, timeoutMillis, filter);
        }

        @Override
        public JavaScriptJob getEarliestJob() {
            return jobs.getEarliestJob();
        }

        @Override
        public JavaScriptJob getEarliestJob(JavaScriptJobFilter filter) {
            return jobs.getEarliestJob(filter);
        }

        @Override
        public boolean runSingleJob(JavaScriptJob job) {
            return jobs.runSingleJob(job);
        }

        @Override
        public String jobStatusDump(JavaScriptJobFilter filter) {
            return jobs.jobStatusDump(filter);
        }
    }
}
