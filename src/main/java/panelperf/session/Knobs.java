package panelperf.session;

import java.time.Duration;

/**
 * How a server treats its sessions.
 *
 * @param unusedLifetime how long a session without a socket is kept at least; more than 0
 * @param checkPeriod how often unused sessions are looked for; more than 0
 * @param renderTime how long a deferred render occupies its place in the pool; 0 or more
 * @param renderPlaces how many deferred renders run at once; 1 or more
 * @param mostSessions how many sessions live at once; more are refused
 */
public record Knobs(
        Duration unusedLifetime, Duration checkPeriod, Duration renderTime, int renderPlaces, int mostSessions) {
    public Knobs {
        check(
                !unusedLifetime.isNegative() && !unusedLifetime.isZero(),
                "unused lifetime",
                "more than 0",
                unusedLifetime);
        check(!checkPeriod.isNegative() && !checkPeriod.isZero(), "check period", "more than 0", checkPeriod);
        check(!renderTime.isNegative(), "render time", "0 or more", renderTime);
        check(renderPlaces >= 1, "render places", "1 or more", renderPlaces);
        check(mostSessions >= 1, "most sessions", "1 or more", mostSessions);
    }

    /** A server without faults: Bokeh's lifetimes, no time spent rendering. */
    public static Knobs standard() {
        return new Knobs(Duration.ofSeconds(15), Duration.ofSeconds(17), Duration.ZERO, 8, 100_000);
    }

    private static void check(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
        }
    }
}
