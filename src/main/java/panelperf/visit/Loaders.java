package panelperf.visit;

/**
 * The loaders of one page.
 *
 * @param seen how many elements were a loader at some time
 * @param left how many were one when the visit ended; at most {@code seen}
 */
public record Loaders(int seen, int left) {
    public Loaders {
        if (seen < 0 || left < 0 || left > seen) {
            throw new IllegalArgumentException(
                    "loaders: expected 0 <= left <= seen, found seen=" + seen + ", left=" + left);
        }
    }

    public static Loaders none() {
        return new Loaders(0, 0);
    }
}
