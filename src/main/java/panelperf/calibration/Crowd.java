package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import panelperf.time.Timeline;

/**
 * What pages do to each other that are at the same point at once.
 *
 * @param laterOfTwoMs when the later of two pages came that were asked for at once; median
 * @param fewMs when the last of a few pages was drawn that were ready at once; median
 * @param manyMs the same of many
 */
record Crowd(double laterOfTwoMs, double fewMs, double manyMs) {
    private static final int PAIRS = 8;
    /** Between one that waits for the other, and one that does not. */
    private static final double TWICE = 1.5;

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
        return new Crowd(laterOfTwo(bench), few.median(), many.median());
    }

    private static double laterOfTwo(Bench bench) throws CannotMeasure, InterruptedException {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Sample later = new Sample();
            for (int i = 0; i < PAIRS; i++) {
                Future<PageLife> other = beside.submit(bench::requestBeside);
                try (PageLife one = bench.request();
                        PageLife two = other.get()) {
                    later.add(Math.max(one.initMs(), two.initMs()));
                }
            }
            bench.count(PAIRS);
            return later.median();
        } catch (ExecutionException e) {
            throw new CannotMeasure("expected two pages at once, found: " + e.getMessage());
        } finally {
            beside.shutdownNow();
        }
    }

    private static double readyAtOnce(Bench bench, int pages) throws CannotMeasure, InterruptedException {
        List<PageLife> lives = new ArrayList<>();
        try {
            for (int i = 0; i < pages; i++) {
                PageLife life = bench.request();
                lives.add(life);
                life.join();
                life.pull();
            }
            long begin = bench.now();
            lives.forEach(PageLife::sayReady);
            long last = begin;
            for (PageLife life : lives) {
                last = Math.max(last, life.awaitRendered().lastNanos());
            }
            return Timeline.millisBetween(begin, last);
        } finally {
            lives.forEach(PageLife::close);
        }
    }

    /** How much later the last page was drawn for each page more, ms. */
    double eachMs() {
        return Math.max(0, (manyMs - fewMs) / (MANY - FEW));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d pages ready at once were drawn after %.1f ms, %d after %.1f ms (medians of %d): %.2f ms for each more",
                FEW,
                fewMs,
                MANY,
                manyMs,
                ROUNDS,
                eachMs());
    }

    /** Whether sessions begin one by one. */
    Finding order(double aloneMs) {
        String how = String.format(
                Locale.ROOT,
                "of two pages asked for at once the later took %.1f ms, one alone %.1f ms; medians",
                laterOfTwoMs,
                aloneMs);
        return new Finding("init", laterOfTwoMs > TWICE * aloneMs ? "sequential" : "parallel", how);
    }
}
