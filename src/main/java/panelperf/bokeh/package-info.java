/**
 * The Bokeh server protocol without a socket: messages, tokens, documents, patches, and the page script.
 *
 * <p>May enter: Jackson and values, each naming the file of Bokeh or Panel that it follows. May not: Netty, HtmlUnit,
 * threads, clocks. Both sides import it: the target speaks it, and the light engine runs its page script.
 *
 * <p>Decision: the page script ({@code columns.js}, {@code views.js}, {@code signs.js} and {@code page.js}, joined) is one for both sides.
 * What our target's page carries is what the light engine puts in place of BokehJS, so a bug in it shows in a real browser
 * too. Rejected: a Java client of the protocol inside the engine, which would never see a page's own scripts and
 * selectors.
 *
 * <p>Decision: where nothing is laid out, as in the light engine, a figure is an empty canvas with its title: a line of a
 * million points is not worth the injector's time, and the paint model takes a canvas by its size alone. Tables show 200
 * rows at most.
 *
 * <p>Decision: models are Bokeh's own classes with the attributes that {@code bokeh.plotting} writes, made by {@link
 * panelperf.bokeh.Models}. Rejected: models of our page script's own, which BokehJS and the Python client would not know;
 * and Panel's, which need its bundles.
 */
@NullMarked
package panelperf.bokeh;

import org.jspecify.annotations.NullMarked;
