package panelperf.calibration;

import java.util.List;
import java.util.Locale;

/**
 * How long the payment for ended sessions is put off. Panel 1.4 waits for so long after the first of several ends, and as
 * long again because the others came later (panel/io/document.py): what is felt of a batch is twice the time.
 *
 * @param ms half of what is felt of a batch
 * @param felt of how many batches both the end and the payment were felt; 0 where it is Panel's own time
 */
record PutOff(double ms, int felt) {
    private static final double PANEL_MS = 5_000;
    /** Else one of the two was a pause that the machine made. */
    private static final double AGREES = 0.15;
    /** One may be chance. */
    private static final int FEWEST = 2;

    static PutOff of(List<Batch> batches) {
        Sample sample = new Sample();
        batches.forEach(batch -> batch.putOffMs().ifPresent(sample::add));
        double median = sample.median();
        int agreeing = (int) batches.stream()
                .flatMap(batch -> batch.putOffMs().stream())
                .filter(ms -> Math.abs(ms - median) < AGREES * median)
                .count();
        return agreeing >= FEWEST && 2 * agreeing > sample.size()
                ? new PutOff(median / 2, agreeing)
                : new PutOff(PANEL_MS, 0);
    }

    /**
     * When sessions ended: of the batches of which that was felt. Where it was so of none, what was felt is taken for the
     * payment; beside others a batch of which one thing alone was felt would be a guess.
     */
    List<Expiry.Seen> ends(List<Batch> batches) {
        return batches.stream()
                .filter(batch -> felt == 0 || batch.wasPutOff())
                .map(batch -> new Expiry.Seen(
                        batch.closedNanos(),
                        batch.wasPutOff()
                                ? batch.first().startNanos()
                                : batch.paid().startNanos() - Math.round(2 * ms * 1e6)))
                .toList();
    }

    Finding finding(List<Batch> batches) {
        String each = batches.stream()
                .flatMap(batch -> batch.putOffMs().stream())
                .map(ms -> String.format(Locale.ROOT, "%.1f", ms / 1e3))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        String how = felt == 0
                ? "Panel's own; the ends themselves were not felt"
                : "batches were paid for " + each + " s after their ends, which is twice the time";
        return new Finding("destroy-debounce", OptionText.ms(ms), how);
    }
}
