/**
 * Scripts of this decade transpiled into what HtmlUnit can run, once, and kept.
 *
 * <p>May enter: Node as a process, a directory, the JDK. May not: HtmlUnit, pages, visits.
 *
 * <p>Decision: swc, in a process of its own, because nothing on the JVM translates classes, spread and async functions, which
 * HtmlUnit's engine cannot parse. It is looked for before anything is opened, and what it makes is kept by the content of the
 * script, its own version and its options; so it runs once for each release of a page's bundles and not once for each visit.
 *
 * <p>Decision: files of the cache are written under another name and moved into place, so that processes may share it, and begin
 * with the hash of what follows, so that a torn one is made anew. Nothing is ever removed: a release of Panel and Bokeh takes some
 * 8 MB, and the directory may be deleted at any time.
 */
@NullMarked
package panelperf.transpile;

import org.jspecify.annotations.NullMarked;
