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
 * @param earlierMs when the earlier of two pages came that were asked for at once; median
 * @param laterMs when the later of them came; median
 * @param fewMs when the last of a few pages was drawn that were ready at once; median
 * @param manyMs the same of many
 */
record Crowd(double earlierMs, double laterMs, double fewMs, double manyMs) {
    private static final int PAIRS = 8;
    /** Between two that wait for each other, whose later one takes twice as long, and two that do not. */
    private static final double TWICE = 1.4;

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
        Sample earlier = new Sample();
        Sample later = new Sample();
        askTwoAtOnce(bench, earlier, later);
        return new Crowd(earlier.median(), later.median(), few.median(), many.median());
    }

    private static void askTwoAtOnce(Bench bench, Sample earlier, Sample later)
            throws CannotMeasure, InterruptedException {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < PAIRS; i++) {
                Future<PageLife> other = beside.submit(bench::requestBeside);
                try (PageLife one = bench.request();
                        PageLife two = other.get()) {
                    earlier.add(Math.min(one.initMs(), two.initMs()));
                    later.add(Math.max(one.initMs(), two.initMs()));
                }
            }
            bench.count(PAIRS);
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
                "%d pages ready at once were drawn after %.1f ms, %d after %.1f ms (medians of %d): %.2f ms for each"
                        + " more",
                FEW,
                fewMs,
                MANY,
                manyMs,
                ROUNDS,
                eachMs());
    }

    /** Whether sessions begin one by one. */
    Finding order() {
        String how = String.format(
                Locale.ROOT,
                "of two pages asked for at once the earlier took %.1f ms and the later %.1f ms; medians of %d",
                earlierMs,
                laterMs,
                PAIRS);
        return new Finding("init", laterMs > TWICE * earlierMs ? "sequential" : "parallel", how);
    }
}
