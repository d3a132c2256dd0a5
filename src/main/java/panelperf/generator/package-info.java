/**
 * The injector watching itself, because an alibi that nobody records is none.
 *
 * <p>May enter: {@code run}, {@code time}, and what the JVM tells of its own process. May not: visits, the server.
 *
 * <p>Decision: CPU is the process's, garbage collection and compilation included, since that is what decides how many
 * users a machine can play. Rejected: CPU of the page threads alone.
 */
@NullMarked
package panelperf.generator;

import org.jspecify.annotations.NullMarked;
