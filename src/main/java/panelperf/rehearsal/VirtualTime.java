package panelperf.rehearsal;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps to what is due next. Nanoseconds from 0; what is due at the same instant runs in the order it was set. */
final class VirtualTime {
    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private long nowNanos;
    private long orders;

    long nowNanos() {
        return nowNanos;
    }

    /** Runs an action at that instant, or now when it lies in the past. */
    void at(long nanos, Runnable action) {
        queue.add(new Due(Math.max(nanos, nowNanos), orders++, action));
    }

    void in(long nanos, Runnable action) {
        at(nowNanos + nanos, action);
    }

    /** Runs the next action; false when there is none. */
    boolean step() {
        Due next = queue.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.nanos();
        next.action().run();
        return true;
    }
}
