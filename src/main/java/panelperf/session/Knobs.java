package panelperf.session;

import java.time.Duration;

/**
 * How a server treats its sessions.
 *
 * @param unusedLifetime how long a session without a socket is kept at least; more than 0
 * @param checkPeriod how often unused sessions are looked for; more than 0
 * @param renderTime how long a deferred render occupies its place in the pool; 0 or more
 * @param renderThreads how many deferred renders run at once; 1 to 1,024
 * @param tokenLife how long a page's token opens websockets; at least 1 s, because tokens count seconds
 * @param keepAlive how often sockets are pinged; more than 0
 * @param maxSessions how many sessions live at once; more are refused; 1 or more
 * @param maxConnections how many connections are open at once; more are refused; 1 or more
 */
public record Knobs(
        Duration unusedLifetime,
        Duration checkPeriod,
        Duration renderTime,
        int renderThreads,
        Duration tokenLife,
        Duration keepAlive,
        int maxSessions,
        int maxConnections) {
    private static final int MOST_THREADS = 1_024;
    /** Keeps sums of nanoseconds far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    public Knobs {
        checkDuration("unused lifetime", unusedLifetime, Duration.ofMillis(1));
        checkDuration("check period", checkPeriod, Duration.ofMillis(1));
        checkDuration("render time", renderTime, Duration.ZERO);
        checkCount("render threads", renderThreads, MOST_THREADS);
        checkDuration("token life", tokenLife, Duration.ofSeconds(1));
        checkDuration("keep alive", keepAlive, Duration.ofMillis(1));
        checkCount("max sessions", maxSessions, Integer.MAX_VALUE);
        checkCount("max connections", maxConnections, Integer.MAX_VALUE);
    }

    /** Bokeh's lifetimes and Panel's pool on four cores; no time is spent rendering. */
    public static Knobs standard() {
        return new Knobs(
                Duration.ofSeconds(15),
                Duration.ofSeconds(17),
                Duration.ZERO,
                8,
                Duration.ofSeconds(300),
                Duration.ofSeconds(37),
                100_000,
                20_000);
    }

    /** The same knobs, but for how long a render occupies its place, and how many there are. */
    public Knobs withRender(Duration time, int threads) {
        return new Knobs(unusedLifetime, checkPeriod, time, threads, tokenLife, keepAlive, maxSessions, maxConnections);
    }

    /** The same knobs, but for how many sessions and connections there may be. */
    public Knobs withLimits(int sessions, int connections) {
        return new Knobs(
                unusedLifetime, checkPeriod, renderTime, renderThreads, tokenLife, keepAlive, sessions, connections);
    }

    private static void checkDuration(String what, Duration found, Duration least) {
        if (found.compareTo(least) < 0 || found.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": expected " + least.toMillis() + " ms to " + LONGEST.toDays()
                    + " days, found " + found.toMillis() + " ms");
        }
    }

    private static void checkCount(String what, int found, int most) {
        if (found < 1 || found > most) {
            throw new IllegalArgumentException(what + ": expected 1 to " + most + ", found " + found);
        }
    }
}
