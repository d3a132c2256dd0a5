/**
 * A run and its verdict as text.
 *
 * <p>May enter: {@code verdict}, {@code run}, {@code visit}, {@code session}, {@code stats}. May not: files, terminals,
 * clocks; the text is a value, and whoever prints it knows where.
 *
 * <p>Decision: every number goes through the root locale, every line ends with one line feed, no line is longer than 120
 * columns, and golden files hold it all. Rejected: the console's own width and language, by which two people would read
 * two reports of one run.
 */
@NullMarked
package panelperf.report;

import org.jspecify.annotations.NullMarked;
