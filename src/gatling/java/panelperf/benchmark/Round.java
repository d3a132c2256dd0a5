package panelperf.benchmark;

import java.time.Duration;

/**
 * One server's turn.
 *
 * @param number 0 is the warm-up, which is not counted
 * @param duration how long the users go on
 */
record Round(Server server, int number, Duration duration) {
    boolean counts() {
        return number > 0;
    }

    @Override
    public String toString() {
        return server + ", " + (counts() ? "round " + number : "warm-up");
    }
}
