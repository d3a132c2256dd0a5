package panelperf.headless;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;

/** What went wrong on the wire, as a visit's outcome. */
final class NetworkFailure {
    private NetworkFailure() {}

    /** A bound of the visit was reached: its cause is known where it is thrown. */
    static final class BoundReached extends IOException {
        private static final long serialVersionUID = 1L;
        private final String cause;

        BoundReached(String cause, String message) {
            super(message);
            this.cause = cause;
        }
    }

    /**
     * The outcome that a failure stands for.
     *
     * @param what was being fetched, for the detail
     */
    static Outcome.Failed of(Throwable failure, String what) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            String word = word(cause);
            if (!word.isEmpty()) {
                return new Outcome.Failed(word, what + ": " + describe(cause));
            }
        }
        return root instanceof IOException
                ? new Outcome.Failed(Cause.RESET, what + ": " + describe(root))
                : new Outcome.Failed(Cause.ENGINE, what + ": " + root);
    }

    private static String word(Throwable cause) {
        if (cause instanceof BoundReached bound) {
            return bound.cause;
        }
        if (cause instanceof UnknownHostException) {
            return Cause.UNKNOWN_HOST;
        }
        if (cause instanceof SSLException) {
            return Cause.TLS;
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return Cause.CONNECT_TIMEOUT;
        }
        if (cause instanceof ConnectException) {
            return Cause.REFUSED;
        }
        return cause instanceof IOException ? ofMessage(cause) : "";
    }

    /** The system tells a reset by its message alone. */
    private static String ofMessage(Throwable cause) {
        return messages(cause).contains("reset") ? Cause.RESET : "";
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString().toLowerCase(Locale.ROOT);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
