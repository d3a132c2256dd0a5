package panelperf.calibration;

/** The server cannot be measured; the message says why in one sentence. */
public final class CannotMeasure extends Exception {
    public CannotMeasure(String message) {
        super(message);
    }
}
