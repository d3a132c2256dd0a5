/**
 * Estimates from numbers alone, each with its definition and source.
 *
 * <p>May enter: arrays of numbers, and one kept statistics library behind functions of ours. May not: visits, runs, units.
 *
 * <p>Decision: a sample may hold positive infinity, for what did not happen before somebody stopped waiting. So a
 * failure can never improve a percentile, and a percentile that falls on one does not exist. Rejected: leaving such
 * values out, by which a server that answers one visit in ten and drops the others looks fast.
 */
@NullMarked
package panelperf.stats;

import org.jspecify.annotations.NullMarked;
