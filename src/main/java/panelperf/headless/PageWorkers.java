package panelperf.headless;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which pages are opened and closed: as many as there is work for at once, up to a bound, beyond which work
 * waits. The JDK's own pool makes all of its threads before it uses one twice, and visits then wander over cold ones.
 */
final class PageWorkers extends ThreadPoolExecutor {
    private static final int IDLE_SECONDS = 10;

    /** Work that waits or is done. */
    private final AtomicInteger given = new AtomicInteger();

    PageWorkers(int most) {
        super(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new Waiting(), Daemons.named("page-worker"));
        ((Waiting) getQueue()).workers = this;
        setRejectedExecutionHandler((work, pool) -> {
            // The last place for a thread was taken meanwhile.
            if (isShutdown() || !((Waiting) getQueue()).waits(work)) {
                given.decrementAndGet();
                throw new RejectedExecutionException("the browser was closed");
            }
        });
    }

    @Override
    public void execute(Runnable work) {
        given.incrementAndGet();
        super.execute(work);
    }

    @Override
    protected void afterExecute(Runnable work, @Nullable Throwable problem) {
        given.decrementAndGet();
        super.afterExecute(work, problem);
    }

    /** Lets one more thread be made, for one that will not come back. */
    void addOne() {
        setMaximumPoolSize(getMaximumPoolSize() + 1);
    }

    /** Takes work only while a thread is idle, or no more may be made. */
    private static final class Waiting extends LinkedBlockingQueue<Runnable> {
        private static final long serialVersionUID = 1L;
        private transient @Nullable PageWorkers workers;

        @Override
        public boolean offer(Runnable work) {
            PageWorkers of = workers;
            return of != null
                    && (of.given.get() <= of.getPoolSize() || of.getPoolSize() >= of.getMaximumPoolSize())
                    && super.offer(work);
        }

        boolean waits(Runnable work) {
            return super.offer(work);
        }
    }
}
