package panelperf.time;

/**
 * The machine's wall clock, for the few libraries whose own times are wall time. Durations are never taken from it.
 */
public final class WallClock {
    private WallClock() {}

    /** Milliseconds since the Unix epoch. */
    public static long epochMs() {
        return System.currentTimeMillis();
    }
}
