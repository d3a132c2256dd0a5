package panelperf.benchmark;

import java.util.OptionalDouble;
import panelperf.stats.Percentile;

/**
 * One round's figures.
 *
 * @param seconds from its beginning to the end of its last life
 * @param livesMs how long each life took
 * @param failed lives that did not come to their end, which are not in the others
 * @param serverCpuMs CPU time of the server's process
 * @param generatorCpuMs CPU time of this process
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list would box each life.
record RoundFigures(
        Round round, double seconds, double[] livesMs, int failed, double serverCpuMs, double generatorCpuMs) {
    double livesASecond() {
        return livesMs.length / seconds;
    }

    double percentileMs(double rank) {
        OptionalDouble percentile = Percentile.of(rank, livesMs);
        return percentile.orElse(Double.NaN);
    }

    double serverCpuMsALife() {
        return serverCpuMs / livesMs.length;
    }

    double generatorCpuMsALife() {
        return generatorCpuMs / livesMs.length;
    }

    /** How many cores this process used. */
    double generatorCores() {
        return generatorCpuMs / 1000 / seconds;
    }

    double serverCores() {
        return serverCpuMs / 1000 / seconds;
    }
}
