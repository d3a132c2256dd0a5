package panelperf.target;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/** One timer that is set anew whenever something else is due next. The thread of its executor. */
final class Alarm {
    private final EventExecutor executor;
    private final Ticker ticker;
    private final Runnable ring;
    private @Nullable Future<?> pending;
    private long dueNanos;

    Alarm(EventExecutor executor, Ticker ticker, Runnable ring) {
        this.executor = executor;
        this.ticker = ticker;
        this.ring = ring;
    }

    /** Rings then, and no more at the instant that was set before. */
    void setTo(long nanos) {
        Future<?> before = pending;
        if (before != null && dueNanos == nanos) {
            return;
        }
        if (before != null) {
            before.cancel(false);
        }
        dueNanos = nanos;
        pending = executor.schedule(this::ring, Math.max(0, nanos - ticker.nanos()), TimeUnit.NANOSECONDS);
    }

    private void ring() {
        pending = null;
        ring.run();
    }
}
