package panelperf.calibration;

/**
 * Sessions that ended together.
 *
 * @param ended how many
 * @param held how many others lived on, with an open socket
 * @param served how many the server had had until then
 * @param closedNanos when their sockets were closed
 * @param spell what was seen of their end
 * @param cpuMs CPU time of the process in that spell
 */
record Batch(int ended, int held, int served, long closedNanos, Spell spell, double cpuMs) {
    /** How many sessions lived when one of these ended, itself included, on average. */
    double living() {
        return held + (ended + 1) / 2.0;
    }
}
