/**
 * One script a question: what does one user see, what do ten at once, what do ten for four minutes, and what do
 * they wait for who use a dashboard?
 *
 * <p>May enter: {@code study}, {@code gatling}, Gatling's Java DSL. May not: loops, parsing, arithmetic; what cannot be
 * said without them becomes a word in {@code panelperf.gatling} or {@code panelperf.study}.
 */
@NullMarked
package panelperf.simulation;

import org.jspecify.annotations.NullMarked;
