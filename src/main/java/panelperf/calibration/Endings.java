package panelperf.calibration;

import java.util.List;
import java.util.Locale;
import panelperf.session.Knobs;
import panelperf.stats.Interval;
import panelperf.stats.LeastSquares;

/**
 * What the end of sessions costs, from batches that ended together.
 *
 * @param mode who pays
 * @param cleanUp whether other work got its turn between the ends of one batch
 * @param timeMs for the first, in a server without others
 * @param growthMs how much more for each session that there has been
 * @param crowdingMs how much more for each session that lives
 * @param how how it was found, for people
 */
record Endings(
        Knobs.Mode mode, Knobs.CleanUp cleanUp, double timeMs, double growthMs, double crowdingMs, String how) {
    /** Between a batch that costs three times as much as a third of it, and one that costs the same. */
    private static final double SCALES = 0.5;

    static Endings of(List<Batch> batches) {
        if (batches.isEmpty()) {
            return new Endings(Knobs.Mode.FREE, Knobs.CleanUp.YIELDS, 0, 0, 0, "no end of a session was felt");
        }
        boolean each = scales(batches);
        boolean yields = each && batches.stream().filter(batch -> batch.ended() > 1).allMatch(
                batch -> batch.spell().stalls() > batch.ended() / 2);
        Knobs.CleanUp cleanUp = yields || !each ? Knobs.CleanUp.YIELDS : Knobs.CleanUp.BLOCKS;
        return fitted(batches, each ? Knobs.Mode.EACH : Knobs.Mode.DEBOUNCED, cleanUp);
    }

    /** Whether a batch costs more the more sessions end: the slope of log cost over log number is near 1, not 0. */
    private static boolean scales(List<Batch> batches) {
        double[][] terms = batches.stream()
                .map(batch -> new double[] {1, Math.log(batch.ended())})
                .toArray(double[][]::new);
        double[] values =
                batches.stream().mapToDouble(batch -> Math.log(batch.spell().ms())).toArray();
        return LeastSquares.fit(terms, values, ones(values.length)).coefficients()[1] > SCALES;
    }

    private static Endings fitted(List<Batch> batches, Knobs.Mode mode, Knobs.CleanUp cleanUp) {
        boolean each = mode == Knobs.Mode.EACH;
        double[] wall = batches.stream().mapToDouble(batch -> batch.spell().ms() / (each ? batch.ended() : 1)).toArray();
        double[] cpu = batches.stream().mapToDouble(batch -> batch.cpuMs() / (each ? batch.ended() : 1)).toArray();
        double[] weights = each ? batches.stream().mapToDouble(Batch::ended).toArray() : ones(wall.length);
        boolean[] used = {true, true, true};
        LeastSquares fit = fit(batches, wall, weights, each, used);
        for (int term = 1; term <= 2; term++) {
            // A cost that falls with sessions is noise around none.
            if (at(fit, used, term) < 0) {
                used[term] = false;
                fit = fit(batches, wall, weights, each, used);
            }
        }
        if (used[1] && at(fit, used, 1) < 0) {
            used[1] = false;
            fit = fit(batches, wall, weights, each, used);
        }
        LeastSquares byCpu = fit(batches, cpu, weights, each, used);
        String how = String.format(
                Locale.ROOT,
                "least squares over %d batches: time %s, growth %s, crowding %s ms; by CPU time %.1f, %.2f, %.2f ms",
                batches.size(),
                text(fit, used, 0),
                text(fit, used, 1),
                text(fit, used, 2),
                at(byCpu, used, 0),
                at(byCpu, used, 1),
                at(byCpu, used, 2));
        return new Endings(mode, cleanUp, Math.max(0, at(fit, used, 0)), at(fit, used, 1), at(fit, used, 2), how);
    }

    private static LeastSquares fit(
            List<Batch> batches, double[] values, double[] weights, boolean each, boolean[] used) {
        double[][] terms = batches.stream()
                .map(batch -> row(batch, each, used))
                .toArray(double[][]::new);
        return LeastSquares.fit(terms, values, weights);
    }

    private static double[] row(Batch batch, boolean each, boolean[] used) {
        double[] all = {1, batch.served(), each ? batch.living() : batch.held()};
        double[] row = new double[(used[1] ? 1 : 0) + (used[2] ? 1 : 0) + 1];
        int next = 0;
        for (int term = 0; term < all.length; term++) {
            if (used[term]) {
                row[next++] = all[term];
            }
        }
        return row;
    }

    private static int index(boolean[] used, int term) {
        int index = 0;
        for (int i = 0; i < term; i++) {
            index += used[i] ? 1 : 0;
        }
        return index;
    }

    private static double at(LeastSquares fit, boolean[] used, int term) {
        return used[term] ? fit.coefficients()[index(used, term)] : 0;
    }

    private static String text(LeastSquares fit, boolean[] used, int term) {
        if (!used[term]) {
            return "0 (none found)";
        }
        Interval interval = fit.interval(index(used, term));
        return interval.isBounded()
                ? String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", at(fit, used, term), interval.low(), interval.high())
                : String.format(Locale.ROOT, "%.2f", at(fit, used, term));
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
