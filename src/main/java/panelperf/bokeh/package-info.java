/**
 * The Bokeh server protocol without a socket: messages, tokens, documents, patches, and the page script.
 *
 * <p>May enter: Jackson and values, each naming the file of Bokeh or Panel that it follows. May not: Netty, HtmlUnit,
 * threads, clocks. Both sides import it: the target speaks it, and the light engine runs its page script.
 *
 * <p>Decision: the page script ({@code page.js}) is one file for both sides. What our target's page carries is what the
 * light engine puts in place of BokehJS, so a bug in it shows in a real browser too. Rejected: a Java client of the
 * protocol inside the engine, which would never see a page's own scripts and selectors.
 */
@NullMarked
package panelperf.bokeh;

import org.jspecify.annotations.NullMarked;
