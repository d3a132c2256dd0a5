/**
 * One page visit as the client saw it: milestones, outcome, and the {@link panelperf.visit.Browser} port that makes one.
 *
 * <p>May enter: values, the port, and {@code panelperf.time}. May not: HTML, sockets, threads, JSON.
 *
 * <p>Decision: a visit is a value, and its failures are values too. Whatever opens the page (HtmlUnit now, others
 * later) answers with a {@link panelperf.visit.PageView}, and whatever makes the load (Gatling) knows nothing else; so
 * engines can be exchanged and compared without the load knowing. Rejected: exceptions for failed visits, because an
 * exception that is not caught is a visit that nobody counts.
 *
 * <p>Decision: what a user does on a page is a list of steps in the request, known before the page is opened. So the port keeps
 * its one method, and nobody can forget to close a page. Rejected: an open page as a handle, with a method a step.
 */
@NullMarked
package panelperf.visit;

import org.jspecify.annotations.NullMarked;
