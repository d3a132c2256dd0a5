/**
 * The injector watching itself, because an alibi that nobody records is none.
 *
 * <p>May enter: {@code run}, {@code time}, and what the JVM tells of its own process. May not: visits, the server.
 *
 * <p>Decision: CPU is the process's, garbage collection and compilation included, since that is what decides how many
 * users a machine can play. Our target's is asked of the operating system through {@code ProcessHandle}. Rejected: CPU of the
 * page threads alone; a library for process figures, since the JDK tells what is needed.
 *
 * <p>Decision: a thread that naps stands for all that were due, so that a pause is seen whatever made it: the collector,
 * another process, a stopped machine. Rejected: load average and CPU shares, which are high without anybody being late.
 */
@NullMarked
package panelperf.generator;

import org.jspecify.annotations.NullMarked;
