/**
 * The course of a run: options, the server under test, preflight, warm-up, the profiles' join, the verdict, the end.
 *
 * <p>May enter: every room but {@code target}, {@code admin} and {@code app}. May not: how a page is opened, how a
 * percentile is taken, how a table looks.
 *
 * <p>Decision: our target is a process of its own, started by command line, so that its garbage collector, its threads
 * and its crash are not the injector's. It dies with its parent by the one signal that every way to die gives: its
 * standard input ends. Rejected: the target inside the injector (whose pauses would be whose?), and a pid file (which a
 * {@code kill -9} leaves behind).
 *
 * <p>Decision: the end of a run has one owner, {@link panelperf.study.Ending}: the first who comes, and everybody else
 * waits. What may come first is bounded at the source: a child of ours is deaf to the terminal, so only the shutdown hook
 * hears Ctrl-C. Rejected: to ask, when a part fails, whether the process ends already; the answer may come too late.
 *
 * <p>Decision: the verdict is computed once, from the journal on disk, and Gatling is told of it as checks of a group;
 * so Maven's exit code, Gatling's report and ours cannot disagree. Rejected: Gatling's own percentile assertions, which
 * are estimates and see only what happened.
 */
@NullMarked
package panelperf.study;

import org.jspecify.annotations.NullMarked;
