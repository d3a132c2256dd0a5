package panelperf.study;

import java.util.List;

/**
 * Whether a JVM is warm, by the CPU that each visit took in batches of equal size. It falls by a factor of ten while the
 * compilers work, not evenly: on 2 cores it lay between 46 and 55 ms for three seconds, until their second stage had
 * brought it down to 26. So a batch is compared not with its neighbour but five with the five before.
 */
final class Warmth {
    /** Longer than the plateau between the compilers' stages, in batches of {@link WarmUp#BATCH} visits. */
    static final int WINDOW = 5;
    /** Less than this is noise: two windows of a warm JVM differ by up to 7 %. */
    private static final double GAIN = 0.1;

    private Warmth() {}

    /**
     * Whether the last batches were no longer cheaper than those before by a tenth.
     *
     * @param cpuMs CPU a visit of each batch, ms, in their order; all 0 when the platform does not tell, which settles
     */
    static boolean settled(List<Double> cpuMs) {
        int n = cpuMs.size();
        return n >= 2 * WINDOW && last(cpuMs) >= (1 - GAIN) * mean(cpuMs.subList(n - 2 * WINDOW, n - WINDOW));
    }

    /** What a visit costs at the end, ms; 0 without batches. */
    static double last(List<Double> cpuMs) {
        return mean(cpuMs.subList(Math.max(0, cpuMs.size() - WINDOW), cpuMs.size()));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
