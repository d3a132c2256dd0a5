package panelperf.rehearsal;

/**
 * When the parts of one visit were over. Nanoseconds of virtual time, in order.
 *
 * @param scenario which profile's it was
 * @param startNanos when the user came
 * @param htmlNanos when the page's HTML was there
 * @param filesNanos when its files were there
 * @param readyNanos when it was drawn, but for what was deferred
 * @param spinnerNanos when the last loader went
 */
public record VisitTimes(
        String scenario, long startNanos, long htmlNanos, long filesNanos, long readyNanos, long spinnerNanos) {
    public VisitTimes {
        if (startNanos > htmlNanos || htmlNanos > filesNanos || filesNanos > readyNanos || readyNanos > spinnerNanos) {
            throw new IllegalArgumentException("visit of " + scenario + ": expected its parts in order, found "
                    + startNanos + ", " + htmlNanos + ", " + filesNanos + ", " + readyNanos + ", " + spinnerNanos);
        }
    }

    /** From the user's coming to the end of the last loader, in ms. */
    public double spinnerMs() {
        return (spinnerNanos - startNanos) / 1e6;
    }

    /** From the drawn page to the end of the last loader, in ms. */
    public double renderMs() {
        return (spinnerNanos - readyNanos) / 1e6;
    }
}
