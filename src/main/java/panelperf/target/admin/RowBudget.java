package panelperf.target.admin;

import java.util.concurrent.TimeUnit;

/** Which sessions get a row of the timeline: all, as long as few come; so many a second when many do. */
final class RowBudget {
    private final int burst;
    private final long nanosEach;
    private double saved;
    private long lastNanos;

    RowBudget(int burst, int perSecond, long nowNanos) {
        this.burst = burst;
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.saved = burst;
        this.lastNanos = nowNanos;
    }

    /** Whether one more may have a row. */
    boolean take(long nowNanos) {
        saved = Math.min(burst, saved + (double) (nowNanos - lastNanos) / nanosEach);
        lastNanos = nowNanos;
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
