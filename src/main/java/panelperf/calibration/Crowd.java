package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import panelperf.time.Timeline;

/**
 * Pages that are ready at one moment.
 *
 * @param fewMs when the last of a few pages was drawn that were ready at once; median
 * @param manyMs the same of many
 * @param fewCpuMs CPU of all that follows where a few tell at once what their browsers are, and that they are drawn; mean
 * @param manyCpuMs the same of many
 */
record Crowd(double fewMs, double manyMs, double fewCpuMs, double manyCpuMs) {
    private static final int FEW = 5;
    private static final int MANY = 15;
    private static final int ROUNDS = 2;
    /** The busy indicator is turned back half a second later. */
    private static final long FOLLOWED_NANOS = 700_000_000;

    static Crowd measure(Bench bench) throws CannotMeasure, InterruptedException {
        Sample few = new Sample();
        Sample many = new Sample();
        Sample fewCpu = new Sample();
        Sample manyCpu = new Sample();
        for (int i = 0; i < ROUNDS; i++) {
            few.add(readyAtOnce(bench, FEW));
            many.add(readyAtOnce(bench, MANY));
            fewCpu.add(talkAtOnce(bench, FEW));
            manyCpu.add(talkAtOnce(bench, MANY));
        }
        return new Crowd(few.median(), many.median(), fewCpu.mean(), manyCpu.mean());
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

    private static double talkAtOnce(Bench bench, int pages) throws CannotMeasure, InterruptedException {
        List<PageLife> lives = pulled(bench, pages);
        try {
            double before = bench.cpuMs();
            Consumer<PageLife> all = PageLife::sayBrowser;
            lives.forEach(all.andThen(PageLife::sayReady));
            awaitAll(lives, bench.now());
            TimeUnit.NANOSECONDS.sleep(FOLLOWED_NANOS);
            return bench.cpuMs() - before;
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

    /** How much more CPU each page more took from its first message on. */
    double eachCpuMs() {
        return Math.max(0, (manyCpuMs - fewCpuMs) / (MANY - FEW));
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

    String cpuText() {
        return String.format(
                Locale.ROOT,
                "all that followed the messages of %d pages at once took %.0f ms of CPU, of %d %.0f ms (means of %d):"
                        + " %.1f ms for each more",
                FEW,
                fewCpuMs,
                MANY,
                manyCpuMs,
                ROUNDS,
                eachCpuMs());
    }
}
