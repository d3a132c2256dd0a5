/**
 * A run as JSON lines, appended while it happens, readable after a crash; and {@code run.json}, what the run was.
 *
 * <p>May enter: {@code run}, {@code visit}, {@code session}, {@code time}, Jackson. May not: percentiles, verdicts (it is
 * given their words), layout.
 *
 * <p>Decision: one write to the file a line, under a lock, without a buffer and without fsync. A killed process loses no
 * line that was written; a machine that loses its power may. A line costs some ten microseconds, so the lock never
 * holds an event loop for long. Rejected: a writer thread with a queue, which loses the queue when the process is killed.
 *
 * <p>The format: {@code v} 1; {@code event} start or end; times since the Unix epoch in ms, milestones in ms since the
 * intended start (in {@code canary.ndjson}, which is no load's: since the navigation's), absent when they did not happen;
 * {@code loadMs} and {@code steps} where the user took steps on the loaded page. Fields are added, never renamed.
 */
@NullMarked
package panelperf.journal;

import org.jspecify.annotations.NullMarked;
