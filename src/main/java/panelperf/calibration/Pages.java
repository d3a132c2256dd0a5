package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;

/**
 * What making a page's document takes. Pages are asked for at one moment, as under load: a server that makes them one by one
 * does nothing else meanwhile, and what it takes for each is told by how much later each comes than the one before. A page that
 * a resting server is asked for takes longer.
 *
 * @param first when the first of such pages came, ms; for each time that they were asked for
 * @param gaps how much later each came than the one before
 * @param lone when a page came that was asked for by itself
 */
record Pages(Sample first, Sample gaps, Sample lone) {
    private static final int AT_ONCE = 8;
    private static final int ROUNDS = 4;
    /**
     * Between pages that wait for each other, each of which comes about as much later as one takes by itself, and pages that come
     * together. The first page of a round says nothing of it: it is late where a session ends just then.
     */
    private static final double PART = 1 / 3.0;

    static Pages measure(Bench bench, Sample lone) throws CannotMeasure, InterruptedException {
        Pages pages = new Pages(new Sample(), new Sample(), lone);
        for (int i = 0; i < ROUNDS; i++) {
            double[] came = atOnce(bench);
            pages.first.add(came[0]);
            for (int page = 1; page < came.length; page++) {
                pages.gaps.add(came[page] - came[page - 1]);
            }
        }
        return pages;
    }

    /** When each came, in order. */
    private static double[] atOnce(Bench bench) throws CannotMeasure, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<PageLife> lives = new ArrayList<>();
        try {
            List<Future<PageLife>> asked = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                asked.add(threads.submit(bench::requestBeside));
            }
            for (Future<PageLife> page : asked) {
                lives.add(page.get());
            }
            return lives.stream()
                    .flatMapToDouble(life -> DoubleStream.of(life.initMs()))
                    .sorted()
                    .toArray();
        } catch (ExecutionException e) {
            throw new CannotMeasure("expected " + AT_ONCE + " pages at once, found: " + e.getMessage());
        } finally {
            bench.count(AT_ONCE);
            lives.forEach(PageLife::close);
            threads.shutdownNow();
        }
    }

    private boolean oneByOne() {
        return gaps.median() > PART * lone.median();
    }

    List<Finding> findings() {
        String order = String.format(
                Locale.ROOT,
                "of %d pages asked for at once, %d times, the first came after %.1f ms, each other one %.1f ms after the one"
                        + " before; medians",
                AT_ONCE,
                ROUNDS,
                first.median(),
                gaps.median());
        String alone = "GET of the page by itself, to its last byte: " + lone.text();
        return oneByOne()
                ? List.of(
                        new Finding("init", "sequential", order),
                        new Finding(
                                "init-time",
                                OptionText.mean(gaps),
                                "the mean of how much later each of them came than the one before: " + gaps.text()
                                        + ". " + alone))
                : List.of(
                        new Finding("init", "parallel", order),
                        new Finding("init-time", OptionText.spread(lone), alone));
    }
}
