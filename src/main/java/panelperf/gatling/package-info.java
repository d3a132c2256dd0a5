/**
 * The words that a simulation may say: the protocol {@code panel}, the action {@code page("…").open("…")}, and
 * {@code checks("…", …)}, and {@code aside("…", …)} for what may block. A library: another Gatling project can depend on it.
 *
 * <p>May enter: Gatling and Scala types, the port {@link panelperf.visit.Browser}, {@code panelperf.time}. May not: how a
 * page is opened (that is the browser's), what a study is made of, files.
 *
 * <p>Decision: the action only starts a page and goes on when it hears of its end, so no Gatling event loop ever waits,
 * and no thread is held a user. Every milestone is a request of a group named after the page ({@code load / FCP
 * (model)}), started at the visit's intended start, because requests are all that Gatling's reports can draw; a request
 * is logged only for a milestone that happened, and the two checks are logged always. Every step
 * is a request too, started when it was due. Rejected: HTTP checks of Gatling's
 * own protocol, which never see a page.
 *
 * <p>Decision: what a user does on a page is a part of the action that opens it, not actions of their own. So the browser
 * holds an open page for exactly as long as the action lasts, and a user who is stopped, or leaves by {@code exitHereIfFailed},
 * leaves no page behind. The price: a step cannot depend on what another one brought. Rejected: a handle to the open page in
 * Gatling's session, which nobody closes when the user is gone.
 *
 * <p>Gatling marks the seam to its Scala side as internal ({@code ActionBuilder.asScala}, {@code SessionHook},
 * {@code Converters}); it is touched in {@link panelperf.gatling.PageAction}, {@link panelperf.gatling.ChecksAction}, {@link
 * panelperf.gatling.AsideAction} and {@link panelperf.gatling.UserActionBuilder} only.
 */
@NullMarked
package panelperf.gatling;

import org.jspecify.annotations.NullMarked;
