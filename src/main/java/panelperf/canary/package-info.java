/**
 * Pages opened by a real Chromium: beside the load, to be compared with, and on a quiet machine, to calibrate.
 *
 * <p>May enter: Selenium, which nobody else may import, Jackson, {@code visit}, {@code time}, {@code stats}. May not: the
 * load, the journal's files, anything that is judged.
 *
 * <p>Decision: a new process with an empty profile for every visit, one at a time. It costs a second or two of CPU each,
 * but a page that brings a browser down ends one visit, and no cache, no connection and no compiled code is left from the
 * last. Rejected: contexts of one browser, which are cheaper and share its network process.
 *
 * <p>Decision: the driver is started by ourselves, under a shell that watches its own standard input and, when that ends,
 * kills the driver's whole process group and removes its files: so nothing is left by any death of this process, {@code
 * kill -9} too. It is deaf to a terminal's Ctrl-C. Rejected: Selenium's own driver service, which leaves a browser behind
 * when this process is killed, and Selenium Manager, which downloads what it does not find.
 *
 * <p>Decision: what is measured comes from the page's own events, by a script that runs before the page's first; we ask for it
 * every tenth of a second, which moves no figure. Rejected: the DevTools protocol's events, whose times are another clock's
 * and whose Java classes change with every version of the browser.
 *
 * <p>Decision: of a private authority the browser is told the server's key, once the JDK has verified the certificate. Rejected:
 * to ignore all errors of certificates, which checks nothing; the browser's own store of authorities, which takes a tool of its own.
 */
@NullMarked
package panelperf.canary;

import org.jspecify.annotations.NullMarked;
