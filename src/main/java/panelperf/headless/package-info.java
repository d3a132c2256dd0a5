/**
 * Pages opened by HtmlUnit: its scripts, its network, its paint model. The engines {@code light} and {@code full}.
 *
 * <p>May enter: HtmlUnit, Netty, {@code visit}, {@code time}, {@code transpile}, and of {@code bokeh} the page
 * script. May not: Gatling, the journal, percentiles.
 *
 * <p>Decision: an engine is what is made of a page's scripts ({@link panelperf.headless.PageEngine}) and nothing else; the rest of a
 * visit is one piece of code, so that both mean the same by a milestone and an outcome.
 *
 * <p>Decision: {@code full} runs the bundles themselves, transpiled where they are compiled, whether they come as files, lie in the
 * page or are code that a script makes. {@code watch.js} reads along on Bokeh's websocket and looks at the same attributes of models
 * as {@code page.js}; {@code shim.js} fills the gaps of HtmlUnit, without layout and paint. A visit in which something had to be
 * transpiled fails, since its times are no browser's. Rejected: to leave such visits in the figures with a mark that nobody reads.
 *
 * <p>Decision: in {@code light} the bundles of BokehJS and Panel are fetched, counted and waited for, but our page script runs in their
 * place. Evaluating the real ones costs 350 ms of CPU a visit in HtmlUnit, and ten users on a laptop would measure the
 * laptop. What a browser would spend there is given back as {@link panelperf.headless.Pacing}, which takes time and no
 * CPU.
 *
 * <p>Decision: no thread a page. A worker of a bounded pool fetches and parses; afterwards a page lives on events of its
 * sockets and timers, which run on a pool that all pages of the JVM share. A visit ends by its first end: loaded, failed,
 * deadline, interrupted; whatever its scripts do, a timer outside the page decides. A worker that is caught in one
 * endless native call is left behind, counted, and replaced.
 *
 * <p>Decision: the wire is Netty's, few threads for all pages and connections of its own for each visit, as a new browser has
 * them; the bytes of a replaced script are counted where they were received, and never copied. What a page sends in
 * one turn goes out together, because each frame woke the network's thread; not where BokehJS runs, whose turns take long. Rejected:
 * {@code java.net.http}, which shares connections between visits, Gatling's own client and reactor-netty, which all needed more CPU and
 * memory a visit in the same run ({@code VisitCost -Dparts=wires}).
 *
 * <p>Decision: the several hundred classes of a browser's global object are set up when somebody asks for them
 * ({@link panelperf.headless.HostClasses}), and their functions made when a script reads them. Rejected: one global object for many visits, by which one user's state would
 * reach another's.
 *
 * <p>Decision: what a user does on a loaded page runs on the same events. {@link panelperf.headless.StepWalk} says when a step
 * is due and when it is done; {@code steps.js} finds the widget and sends what BokehJS would, and is in a page only when there are
 * steps. Each step has a deadline of its own, so a visit with steps is as bounded as one without.
 *
 * <p>Decision: a page's document can be read without making a page of it ({@link panelperf.headless.DocumentReader}), here
 * because it speaks by the same {@link panelperf.headless.Network}: what a server wants of its visitors, it wants of whoever
 * asks it afterwards. Rejected: one more websocket client elsewhere; and that of {@code calibration}, which measures the wire
 * and knows no TLS.
 *
 * <p>Decision: what this engine cannot judge is a failed visit with the cause {@code unsupported}, named by its model or
 * feature, never a loaded one: code that is not run here and mentions loaders, loaders where no view of ours shows them,
 * login forms, frames, other sites' pages. Rejected: to pass such pages by what was seen of them, and to refuse every page
 * with code of its own, of which most have no loaders in it.
 *
 * <p>Decision: a page whose loaders stood for deferred content is loaded when they have gone, any other when half a second
 * has passed without a loader after {@code document_ready} was answered. Rejected: to wait until nothing changes, which a
 * periodic callback never lets happen.
 *
 * <p>Rejected: waiting with {@code waitForBackgroundJavaScript}, which spins when interrupted and never ends on a page
 * with a repeating timer.
 *
 * <p>Bounds, each with an outcome: bytes a visit (64 MiB, {@code too_large}), requests a visit (1,000, {@code too_much}),
 * redirects (20, {@code too_much}), requests at once (6 a visit), workers (as configured; the wait is {@code queuedMs}), headers (64 KiB), a
 * websocket's message (64 MiB), compiled scripts that are kept (512 for the JVM), caches of users (10,000).
 */
@NullMarked
package panelperf.headless;

import org.jspecify.annotations.NullMarked;
