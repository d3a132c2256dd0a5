package panelperf.calibration;

import java.util.List;
import java.util.Locale;

/**
 * How long the payment for ended sessions is put off.
 *
 * @param ms from the end to the collection
 * @param felt of how many batches both were felt; 0 where it is Panel's own, and not measured
 */
record PutOff(double ms, int felt) {
    /** Panel's (panel/io/document.py, panel/io/server.py). */
    private static final double PANEL_MS = 5_000;
    /** Short of a batch's own pause that the machine made. */
    private static final double AGREES = 0.1;

    static PutOff of(List<Batch> batches) {
        Sample sample = new Sample();
        batches.forEach(batch -> batch.putOffMs().ifPresent(sample::add));
        double median = sample.median();
        int agreeing = (int) batches.stream()
                .flatMap(batch -> batch.putOffMs().stream())
                .filter(ms -> Math.abs(ms - median) < AGREES * median)
                .count();
        return agreeing > batches.size() / 2 ? new PutOff(median, agreeing) : new PutOff(PANEL_MS, 0);
    }

    /** When the sessions of the batches must have ended. */
    List<Expiry.Seen> ends(List<Batch> batches) {
        return batches.stream()
                .map(batch -> new Expiry.Seen(
                        batch.closedNanos(), batch.paid().startNanos() - Math.round(ms * 1e6)))
                .toList();
    }

    Finding finding() {
        String how = felt == 0
                ? "Panel's own; the ends themselves were not felt"
                : String.format(Locale.ROOT, "from the first stall after an end to the longest; %d batches", felt);
        return new Finding("destroy-debounce", OptionText.ms(ms), how);
    }
}
