package panelperf.stats;

/**
 * Where a figure lies with 95 % confidence; in the figure's own unit.
 *
 * @param low negative infinity when the sample is too small to bound it from below
 * @param high positive infinity when the sample is too small to bound it from above, or what would bound it did not happen
 */
public record Interval(double low, double high) {
    /** How sure the intervals of this room are. */
    public static final double CONFIDENCE = 0.95;

    /** What may lie beyond each of their ends. */
    public static final double TAIL = (1 - CONFIDENCE) / 2;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval: expected low <= high, found " + low + " and " + high);
        }
    }

    /** Nothing is known. */
    public static Interval unknown() {
        return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Whether both ends are numbers. */
    public boolean isBounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }
}
