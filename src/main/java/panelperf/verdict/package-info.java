/**
 * Thresholds and whether they were met, each answer with its figure and its n.
 *
 * <p>May enter: {@code run}, {@code visit}, {@code session}, {@code stats}. May not: files, layout, Gatling.
 *
 * <p>Decision: no data is missed. A threshold is met only by visits that were made and measured; the denominator is every
 * visit that was started and not interrupted, and what did not happen is slower than every limit. Rejected: percentiles
 * over what happened, which are green when nothing did.
 *
 * <p>Decision: the exit code follows the figure itself, as k6's does, and the interval is printed beside it; whoever wants
 * the interval to decide says {@code strict}. A run whose injector was late has no verdict at all: {@link
 * panelperf.verdict.Soundness} says so before anybody reads a figure. Rejected: a warning, which nobody's pipeline reads.
 */
@NullMarked
package panelperf.verdict;

import org.jspecify.annotations.NullMarked;
