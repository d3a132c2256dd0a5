package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import panelperf.time.Timeline;

/**
 * Pages that are ready at one moment.
 *
 * @param fewMs when the last of a few pages was drawn that were ready at once; median
 * @param manyMs the same of many
 */
record Crowd(double fewMs, double manyMs) {
    private static final int FEW = 5;
    private static final int MANY = 15;
    private static final int ROUNDS = 2;

    static Crowd measure(Bench bench) throws CannotMeasure, InterruptedException {
        Sample few = new Sample();
        Sample many = new Sample();
        for (int i = 0; i < ROUNDS; i++) {
            few.add(readyAtOnce(bench, FEW));
            many.add(readyAtOnce(bench, MANY));
        }
        return new Crowd(few.median(), many.median());
    }

    private static double readyAtOnce(Bench bench, int pages) throws CannotMeasure, InterruptedException {
        List<PageLife> lives = pulled(bench, pages);
        try {
            long begin = bench.now();
            lives.forEach(PageLife::sayReady);
            return Timeline.millisBetween(begin, awaitAll(lives, begin));
        } finally {
            lives.forEach(PageLife::close);
        }
    }

    private static List<PageLife> pulled(Bench bench, int pages) throws CannotMeasure, InterruptedException {
        List<PageLife> lives = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            PageLife life = bench.request();
            lives.add(life);
            life.join();
            life.pull();
        }
        return lives;
    }

    private static long awaitAll(List<PageLife> lives, long begin) throws CannotMeasure, InterruptedException {
        long last = begin;
        for (PageLife life : lives) {
            last = Math.max(last, life.awaitRendered().lastNanos());
        }
        return last;
    }

    /** How much later the last page was drawn for each page more, ms. */
    double eachMs() {
        return Math.max(0, (manyMs - fewMs) / (MANY - FEW));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d pages ready at once were drawn after %.1f ms, %d after %.1f ms (medians of %d): %.2f ms for each"
                        + " more",
                FEW,
                fewMs,
                MANY,
                manyMs,
                ROUNDS,
                eachMs());
    }
}
