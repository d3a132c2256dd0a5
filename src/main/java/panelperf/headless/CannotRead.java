package panelperf.headless;

/** A server did not say what was asked of it; the message says what was found, as the end of a sentence. */
public final class CannotRead extends Exception {
    private static final long serialVersionUID = 1L;

    CannotRead(String found) {
        super(found);
    }
}
