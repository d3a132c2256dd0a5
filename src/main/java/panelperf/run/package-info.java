/**
 * What one run recorded, as values: the visits that were started, those that ended, and how many of each
 * kind; and the server's sessions, where it told of them.
 *
 * <p>May enter: {@code visit}, {@code session}, {@code time}. May not: files, JSON, judgement.
 *
 * <p>Decision: a visit that was started and has no end is kept, as unfinished. Nothing that was begun may vanish from a
 * denominator because the program that counted was killed. Rejected: a list of ended visits only.
 */
@NullMarked
package panelperf.run;

import org.jspecify.annotations.NullMarked;
