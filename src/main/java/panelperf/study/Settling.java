package panelperf.study;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * Waits until a server has destroyed the sessions that were left to it. Panel 1.3.8 freezes while it does that: 3.5 s for
 * 20 sessions, half a minute after their last visit, in the middle of whatever is measured then.
 *
 * <p>Our target says how many sessions live. Another server does not; there the wait is as long as Bokeh lets unused
 * sessions live at most, and then until it answers quickly three times.
 */
final class Settling {
    /** Bokeh destroys sessions 15 to 32 s after their last close; two more are a reserve. */
    private static final Duration BOKEH_EXPIRY = Duration.ofSeconds(34);

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final double QUICK_MS = 100;
    private static final int QUICK_IN_A_ROW = 3;

    /** What can be asked of a server. */
    interface Probe {
        /** Sessions that live; empty when the server does not tell. */
        OptionalInt sessions();

        /** How long it took to answer a request that makes no session, ms; infinite when it did not. */
        double answerMs();
    }

    /** Lets time pass. */
    interface Wait {
        void forTime(Duration time) throws InterruptedException;
    }

    private final Probe probe;
    private final Ticker ticker;
    private final Wait wait;

    Settling(Probe probe, Ticker ticker, Wait wait) {
        this.probe = probe;
        this.ticker = ticker;
        this.wait = wait;
    }

    /**
     * Waits, 120 s at most.
     *
     * @return a sentence: whether the sessions are gone, as far as can be known, and after how long
     */
    String await() throws InterruptedException {
        long begin = ticker.nanos();
        OptionalInt left = probe.sessions();
        return left.isPresent() ? untilNoneLives(left.getAsInt(), begin) : untilQuick(begin);
    }

    private String untilNoneLives(int first, long begin) throws InterruptedException {
        int left = first;
        while (left > 0 && elapsedMs(begin) < LONGEST.toMillis()) {
            wait.forTime(STEP);
            left = probe.sessions().orElse(left);
        }
        return left == 0
                ? sentence("no session lives, after %.1f s", begin)
                : sentence(left + " sessions still live after %.0f s; going on", begin);
    }

    private String untilQuick(long begin) throws InterruptedException {
        wait.forTime(BOKEH_EXPIRY);
        int quick = 0;
        while (quick < QUICK_IN_A_ROW && elapsedMs(begin) < LONGEST.toMillis()) {
            quick = probe.answerMs() <= QUICK_MS ? quick + 1 : 0;
            wait.forTime(STEP);
        }
        return quick == QUICK_IN_A_ROW
                ? sentence("its sessions have expired and it answers quickly, after %.1f s", begin)
                : sentence("it still answers slowly after %.0f s; going on", begin);
    }

    private double elapsedMs(long begin) {
        return Timeline.millisBetween(begin, ticker.nanos());
    }

    private String sentence(String pattern, long begin) {
        return String.format(Locale.ROOT, pattern, elapsedMs(begin) / 1000);
    }
}
