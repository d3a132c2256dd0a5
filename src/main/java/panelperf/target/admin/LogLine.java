package panelperf.target.admin;

import java.util.Optional;
import panelperf.session.SessionKey;

/**
 * One line of the log.
 *
 * @param epochMs when, milliseconds since the Unix epoch
 * @param session whose life it is of
 */
public record LogLine(double epochMs, Level level, Optional<SessionKey> session, String text) {
    /** How much it matters. */
    public enum Level {
        /** What happens to each session. */
        INFO,
        /** What somebody should look at. */
        WARN,
        /** What went wrong. */
        ERROR
    }
}
