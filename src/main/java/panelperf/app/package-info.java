/**
 * The main class and its subcommands: reads flags, makes the ticker, wires the rooms, sets the exit code.
 *
 * <p>May enter: everything. May not: decisions about load, protocol or sessions, which have rooms of their own.
 *
 * <p>Decision: every option has a system property of the same name, because {@code mvn exec:java -Dport=5600} has no
 * arguments of its own; an argument wins over the property. Rejected: {@code -Dexec.args} alone, which is long to type and
 * quotes badly.
 *
 * <p>Decision: an error is one sentence on standard error and exit code 1. The main class ends the process itself then:
 * {@code exec:java} runs it in Maven's JVM and would otherwise print a page about the exception.
 */
@NullMarked
package panelperf.app;

import org.jspecify.annotations.NullMarked;
