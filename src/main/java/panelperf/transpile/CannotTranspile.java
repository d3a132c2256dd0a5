package panelperf.transpile;

/** A script was not transpiled; the message is a sentence that says what to do. */
public final class CannotTranspile extends Exception {
    private static final long serialVersionUID = 1L;

    CannotTranspile(String message) {
        super(message);
    }
}
