package panelperf.target;

/** The server could not start; the message is one sentence for whoever started it. */
public final class CannotListen extends Exception {
    CannotListen(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
