package panelperf.canary;

/** No browser came up; the message says in one sentence why. */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }
}
