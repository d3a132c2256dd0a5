package panelperf.target;

/** Somebody asked for a session and does not get it. */
final class RefusedException extends Exception {
    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.what(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
