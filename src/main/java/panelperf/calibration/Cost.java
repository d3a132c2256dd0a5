package panelperf.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import panelperf.stats.Interval;
import panelperf.stats.LeastSquares;

/**
 * A cost that depends on how many sessions there have been and how many live, ms.
 *
 * @param timeMs in a server without any
 * @param growthMs how much more for each that there has been
 * @param crowdingMs how much more for each that lives
 * @param how how it was found, for people
 */
record Cost(double timeMs, double growthMs, double crowdingMs, String how) {
    private static final String[] NAMES = {"time", "growth", "crowding"};

    static Cost none() {
        return new Cost(0, 0, 0, "nothing was felt");
    }

    /** Of one end: a batch's cost is that of its ends, among ever fewer that live. */
    static Cost ofEach(List<Batch> batches) {
        return fit(batches, Batch::first, Batch::ended, Batch::living);
    }

    /** Of one collection for many. */
    static Cost ofMany(List<Batch> batches) {
        return fit(batches, Batch::paid, batch -> 1, Batch::held);
    }

    private static Cost fit(
            List<Batch> batches,
            Function<Batch, Spell> felt,
            ToDoubleFunction<Batch> share,
            ToDoubleFunction<Batch> living) {
        double[] weights = batches.stream().mapToDouble(share).toArray();
        double[] wall = batches.stream()
                .mapToDouble(batch -> felt.apply(batch).ms() / share.applyAsDouble(batch))
                .toArray();
        double[] cpu = batches.stream()
                .mapToDouble(batch -> felt.apply(batch).cpuMs() / share.applyAsDouble(batch))
                .toArray();
        List<Integer> terms = new ArrayList<>(List.of(0));
        if (varies(batches, Batch::served) && terms.size() < batches.size()) {
            terms.add(1);
        }
        if (varies(batches, living) && terms.size() < batches.size()) {
            terms.add(2);
        }
        LeastSquares fit = fit(batches, living, terms, wall, weights);
        // A cost that falls with the number of sessions is noise around none.
        for (int worst = lowest(fit, terms); worst > 0; worst = lowest(fit, terms)) {
            terms.remove((Integer) worst);
            fit = fit(batches, living, terms, wall, weights);
        }
        LeastSquares byCpu = fit(batches, living, terms, cpu, weights);
        return new Cost(Math.max(0, at(fit, terms, 0)), at(fit, terms, 1), at(fit, terms, 2), text(fit, byCpu, terms));
    }

    private static boolean varies(List<Batch> batches, ToDoubleFunction<Batch> term) {
        return batches.stream().mapToDouble(term).distinct().count() > 1;
    }

    private static LeastSquares fit(
            List<Batch> batches,
            ToDoubleFunction<Batch> living,
            List<Integer> terms,
            double[] values,
            double[] weights) {
        double[][] rows = batches.stream()
                .map(batch -> new double[] {1, batch.served(), living.applyAsDouble(batch)})
                .map(all -> terms.stream().mapToDouble(term -> all[term]).toArray())
                .toArray(double[][]::new);
        return LeastSquares.fit(rows, values, weights);
    }

    /** The growth or the crowding that is below 0, the lower of them; 0 when neither is. */
    private static int lowest(LeastSquares fit, List<Integer> terms) {
        int lowest = at(fit, terms, 1) <= at(fit, terms, 2) ? 1 : 2;
        return at(fit, terms, lowest) < 0 ? lowest : 0;
    }

    private static double at(LeastSquares fit, List<Integer> terms, int term) {
        int index = terms.indexOf(term);
        return index < 0 ? 0 : fit.coefficients().get(index);
    }

    private static String text(LeastSquares fit, LeastSquares byCpu, List<Integer> terms) {
        StringBuilder text = new StringBuilder("least squares, ms with 95 % intervals:");
        for (int term = 0; term < NAMES.length; term++) {
            text.append(String.format(
                    Locale.ROOT, " %s %.2f%s,", NAMES[term], at(fit, terms, term), interval(fit, terms.indexOf(term))));
        }
        double[] cpu = Arrays.stream(new int[] {0, 1, 2})
                .mapToDouble(term -> at(byCpu, terms, term))
                .toArray();
        return text.append(String.format(Locale.ROOT, " and by CPU time %.1f, %.2f, %.2f", cpu[0], cpu[1], cpu[2]))
                .toString();
    }

    private static String interval(LeastSquares fit, int index) {
        if (index < 0) {
            return " (none found)";
        }
        Interval interval = fit.interval(index);
        return interval.isBounded() ? String.format(Locale.ROOT, " [%.2f, %.2f]", interval.low(), interval.high()) : "";
    }
}
