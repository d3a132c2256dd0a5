package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pages that were asked for at one moment: a server that makes them one by one does nothing else meanwhile, so what it takes
 * for each is told by when they come.
 *
 * @param lives the pages, by when they came
 * @param served how many sessions there had been before, and a half of these
 * @param cpuMs what the server's process used of the CPU for each
 */
record Burst(List<PageLife> lives, double served, double cpuMs) {
    private static final int PAGES = 8;
    /** Between two that wait for each other, whose later one takes twice as long, and two that do not. */
    private static final double TWICE = 1.4;

    static Burst measure(Bench bench) throws CannotMeasure, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(PAGES);
        List<PageLife> lives = new ArrayList<>();
        double served = bench.served() + PAGES / 2.0;
        double before = bench.cpuMs();
        try {
            List<Future<PageLife>> asked = new ArrayList<>();
            for (int i = 0; i < PAGES; i++) {
                asked.add(threads.submit(bench::requestBeside));
            }
            for (Future<PageLife> page : asked) {
                lives.add(page.get());
            }
        } catch (ExecutionException e) {
            lives.forEach(PageLife::close);
            throw new CannotMeasure("expected " + PAGES + " pages at once, found: " + e.getMessage());
        } finally {
            threads.shutdownNow();
        }
        bench.count(PAGES);
        lives.sort((one, other) -> Double.compare(one.initMs(), other.initMs()));
        return new Burst(List.copyOf(lives), served, (bench.cpuMs() - before) / PAGES);
    }

    double firstMs() {
        return lives.get(0).initMs();
    }

    double secondMs() {
        return lives.get(1).initMs();
    }

    boolean isOneByOne() {
        return secondMs() > TWICE * firstMs();
    }

    /** How much later each came than the one before, ms. */
    List<Double> gaps() {
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < lives.size(); i++) {
            gaps.add(lives.get(i).initMs() - lives.get(i - 1).initMs());
        }
        return gaps;
    }

    void close() {
        lives.forEach(PageLife::close);
    }
}
