package panelperf.calibration;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param visits page lives one after another
 * @param longestLife within what time a session ends after its last socket closed: lifetime and period together, and a
 *     little; the lifetime is taken to be two fifths of it at least
 * @param admin whether an admin page is opened at the end; pages are heavier ever after
 */
public record Course(int visits, Duration longestLife, boolean admin) {
    public Course {
        if (visits < 10 || visits > 1_000) {
            throw new IllegalArgumentException("visits: expected 10 to 1000, found " + visits);
        }
        if (longestLife.isNegative() || longestLife.isZero()) {
            throw new IllegalArgumentException(
                    "longest life: expected more than 0, found " + longestLife.toMillis() + " ms");
        }
    }
}
