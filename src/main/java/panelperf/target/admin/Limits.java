package panelperf.target.admin;

import java.time.Duration;

/**
 * How much is kept and shown; each is a bound on memory or on bytes a second.
 *
 * @param ended sessions that are no more, newest kept
 * @param rows rows of the timeline that a page is given when it opens
 * @param holds holds of the document loop that are long enough to be drawn
 * @param logLines lines of the log
 * @param trendSeconds how far back the trends go
 * @param rowBurst sessions that get rows although they come at once
 * @param rowsPerSecond sessions that get rows in the long run
 * @param shortestHold shorter holds are only summed up
 * @param stall holds of at least so long are stalls
 */
public record Limits(
        int ended,
        int rows,
        int holds,
        int logLines,
        int trendSeconds,
        int rowBurst,
        int rowsPerSecond,
        Duration shortestHold,
        Duration stall) {
    public Limits {
        if (Math.min(Math.min(Math.min(ended, rows), Math.min(holds, logLines)), Math.min(trendSeconds, rowBurst)) < 1
                || rowsPerSecond < 1) {
            throw new IllegalArgumentException("limits of the admin page: expected at least 1 of everything, found "
                    + ended + ", " + rows + ", " + holds + ", " + logLines + ", " + trendSeconds + ", " + rowBurst
                    + ", " + rowsPerSecond);
        }
        if (shortestHold.isNegative() || stall.compareTo(shortestHold) < 0) {
            throw new IllegalArgumentException("limits of the admin page: expected a stall to be no shorter than the"
                    + " shortest hold, found " + stall.toMillis() + " ms and " + shortestHold.toMillis() + " ms");
        }
    }

    /** A few megabytes in all, and at most some hundred kilobytes a second to a page. */
    public static Limits standard() {
        return new Limits(5_000, 2_000, 4_000, 5_000, 900, 1_500, 50, Duration.ofMillis(1), Duration.ofMillis(100));
    }
}
