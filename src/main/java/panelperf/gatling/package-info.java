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
 * is logged only for a milestone that happened, and the two checks are logged always. Rejected: HTTP checks of Gatling's
 * own protocol, which never see a page.
 *
 * <p>Gatling marks the seam to its Scala side as internal ({@code ActionBuilder.asScala}, {@code SessionHook},
 * {@code Converters}); it is touched in {@link panelperf.gatling.PageAction}, {@link panelperf.gatling.ChecksAction}, {@link
 * panelperf.gatling.AsideAction} and {@link panelperf.gatling.UserActionBuilder} only.
 */
@NullMarked
package panelperf.gatling;

import org.jspecify.annotations.NullMarked;
