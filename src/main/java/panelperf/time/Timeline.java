package panelperf.time;

/**
 * How the monotonic nanoseconds of one run map to wall time.
 *
 * @param anchorNanos a reading of the run's {@link Ticker}
 * @param anchorEpochMs the wall time at that reading, milliseconds since the Unix epoch
 */
public record Timeline(long anchorNanos, double anchorEpochMs) {
    private static final double NANOS_PER_MS = 1e6;

    /** A timeline anchored now, on the machine's own clocks. */
    public static Timeline anchoredNow(Ticker ticker) {
        return new Timeline(ticker.nanos(), System.currentTimeMillis());
    }

    /** Wall time of a reading of the run's ticker, milliseconds since the Unix epoch, with a fraction. */
    public double epochMs(long nanos) {
        return anchorEpochMs + millisBetween(anchorNanos, nanos);
    }

    /** Milliseconds from one reading to a later one, with a fraction; negative when it is earlier. */
    public static double millisBetween(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / NANOS_PER_MS;
    }
}
