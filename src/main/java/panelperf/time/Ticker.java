package panelperf.time;

/** A monotonic clock. Only differences of its readings mean anything. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary origin; never goes back. */
    long nanos();

    /** The machine's monotonic clock. For entry points; everything else is given a ticker. */
    static Ticker system() {
        return System::nanoTime;
    }
}
