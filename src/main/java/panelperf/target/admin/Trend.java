package panelperf.target.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How the overview's figures went, a point a second. Points are made when the next event, or look, shows that their second
 * is over: between two events nothing changes. Whoever shares it guards it.
 */
final class Trend {
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /**
     * The figures at the end of a second.
     *
     * @param number which second of the server's life it was
     * @param renderMeanNanos the mean of all so far, as Panel has it
     * @param renderLongestNanos the longest of those that ended in this second; 0 when none did
     * @param spinnerLongestNanos the same for the time until all that was deferred was there
     * @param durationMeanNanos the mean of all so far, as Panel has it
     */
    record Point(
            long number,
            long nanos,
            Census census,
            double renderMeanNanos,
            long renderLongestNanos,
            long spinnerLongestNanos,
            double durationMeanNanos) {}

    /** What a point is made of, between its second's begin and end. */
    interface Now {
        Census census();

        double renderMeanNanos();

        double durationMeanNanos();
    }

    private final int most;
    private final long originNanos;
    private final Deque<Point> points = new ArrayDeque<>();
    private long second;
    private long renderLongestNanos;
    private long spinnerLongestNanos;

    Trend(int most, long nowNanos) {
        this.most = most;
        this.originNanos = nowNanos;
    }

    void rendered(long nanos) {
        renderLongestNanos = Math.max(renderLongestNanos, nanos);
    }

    void spinnerGone(long nanos) {
        spinnerLongestNanos = Math.max(spinnerLongestNanos, nanos);
    }

    /** Time has passed: the seconds that are over get their points. */
    void advance(long nowNanos, Now now) {
        long over = (nowNanos - originNanos) / SECOND;
        if (over <= second) {
            return;
        }
        second = Math.max(second, over - most);
        Census census = now.census();
        while (second < over) {
            second++;
            points.addLast(new Point(
                    second,
                    originNanos + second * SECOND,
                    census,
                    now.renderMeanNanos(),
                    renderLongestNanos,
                    spinnerLongestNanos,
                    now.durationMeanNanos()));
            renderLongestNanos = 0;
            spinnerLongestNanos = 0;
            if (points.size() > most) {
                points.removeFirst();
            }
        }
    }

    /** The points after that second, oldest first. */
    List<Point> after(long number) {
        List<Point> found = new ArrayList<>();
        Iterator<Point> newestFirst = points.descendingIterator();
        while (newestFirst.hasNext()) {
            Point point = newestFirst.next();
            if (point.number() <= number) {
                break;
            }
            found.add(0, point);
        }
        return found;
    }

    long last() {
        return second;
    }
}
