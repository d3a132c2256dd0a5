/**
 * What a visit costs the injector: {@code mvn test -Dtest=VisitCost}. Recorded pages are said again by a process of its own, so that
 * no server limits what is measured; the injector is a process of its own, too, with the flags that a run has, so that neither
 * JUnit nor a coverage agent is measured with it.
 */
@NullMarked
package panelperf.visitcost;

import org.jspecify.annotations.NullMarked;
