package panelperf.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import panelperf.session.Knobs;
import panelperf.stats.LeastSquares;

/**
 * What the end of sessions costs, from batches that ended together.
 *
 * @param mode who pays
 * @param cleanUp whether other work got its turn between the ends of one batch
 * @param cost of one end, or of one collection for many
 * @param endMs what one end itself held the server for, where its cost is put off; else 0
 * @param how why the mode is this one, for people
 */
record Endings(Knobs.Mode mode, Knobs.CleanUp cleanUp, Cost cost, double endMs, String how) {
    /** Between batches that cost three times as much as a third of them, and those that cost the same: slopes of 1 and 0. */
    private static final double SCALES = 0.5;
    /** So few cannot tell noise from a cost. */
    private static final int FEWEST = 3;

    static Endings of(List<Batch> batches) {
        if (batches.size() < FEWEST) {
            return free("the server answered all the time while sessions ended");
        }
        List<Batch> putOff = batches.stream().filter(Batch::wasPutOff).toList();
        if (putOff.size() >= FEWEST || PutOff.of(batches).felt() > 0) {
            return new Endings(
                    Knobs.Mode.DEBOUNCED,
                    cleanUp(putOff),
                    Cost.ofMany(putOff),
                    endMs(putOff),
                    how("some seconds after sessions ended together the server was held for: ", putOff, Batch::paid));
        }
        return atOnce(batches);
    }

    private static Endings atOnce(List<Batch> batches) {
        double slope = slope(batches);
        String how = how("sessions that ended together held the server for: ", batches, Batch::first)
                + String.format(Locale.ROOT, "; the cost grows as their number to the power of %.2f", slope);
        if (batches.stream().noneMatch(batch -> batch.first().ms() > Batch.PAUSE_MS)) {
            return free("what was felt is no longer than a machine's own pauses; " + how);
        }
        return slope > SCALES
                ? new Endings(Knobs.Mode.EACH, cleanUp(batches), Cost.ofEach(batches), 0, how)
                : new Endings(Knobs.Mode.DEBOUNCED, Knobs.CleanUp.YIELDS, Cost.ofMany(batches), 0, how);
    }

    private static Endings free(String how) {
        return new Endings(Knobs.Mode.FREE, Knobs.CleanUp.YIELDS, Cost.none(), 0, how);
    }

    /** Of the logarithm of the cost over that of the number of sessions; 0 where their number never changed. */
    private static double slope(List<Batch> batches) {
        if (batches.stream().mapToInt(Batch::ended).distinct().count() < 2) {
            return 0;
        }
        double[][] terms = batches.stream()
                .map(batch -> new double[] {1, Math.log(batch.ended())})
                .toArray(double[][]::new);
        double[] costs = batches.stream()
                .mapToDouble(batch -> Math.log(batch.first().ms()))
                .toArray();
        double[] weights = new double[costs.length];
        Arrays.fill(weights, 1);
        return LeastSquares.fit(terms, costs, weights).coefficients().get(1);
    }

    /** A server that yields is heard from after most ends. */
    private static Knobs.CleanUp cleanUp(List<Batch> batches) {
        boolean yields = batches.stream().allMatch(batch -> batch.first().stalls() > batch.ended() / 2);
        return yields ? Knobs.CleanUp.YIELDS : Knobs.CleanUp.BLOCKS;
    }

    private static double endMs(List<Batch> batches) {
        return batches.stream().mapToDouble(batch -> batch.first().ms()).sum()
                / batches.stream().mapToInt(Batch::ended).sum();
    }

    private static String how(String what, List<Batch> batches, Function<Batch, Spell> felt) {
        return batches.stream()
                .map(batch -> String.format(
                        Locale.ROOT,
                        "%d, with %d others and %d so far: %.0f ms",
                        batch.ended(),
                        batch.held(),
                        batch.served(),
                        felt.apply(batch).ms()))
                .collect(Collectors.joining("; ", what, ""));
    }
}
