package panelperf.calibration;

/**
 * One question whether the server answers; nanoseconds of one ticker.
 *
 * @param answeredNanos not before {@code sentNanos}
 * @param cpuMs what the server's process had used of the CPU by then
 */
record Poll(long sentNanos, long answeredNanos, double cpuMs) {}
