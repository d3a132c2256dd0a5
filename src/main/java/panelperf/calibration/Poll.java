package panelperf.calibration;

/**
 * One question whether the server answers; nanoseconds of one ticker.
 *
 * @param answeredNanos not before {@code sentNanos}
 */
record Poll(long sentNanos, long answeredNanos) {}
