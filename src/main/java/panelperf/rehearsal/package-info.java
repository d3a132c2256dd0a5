/**
 * The study's load against the session engine in virtual time: minutes of a server's life in less than a second, the same
 * for the same seed.
 *
 * <p>May enter: the session engine, estimates. May not: sockets, threads, clocks, files.
 *
 * <p>Decision: the visits here do what a page does as the server sees it, in its order and with its pauses, so that what a
 * fault in the server's handling of sessions does to visits can be asserted over many seeds, fault by fault. Rejected:
 * asserting it on real runs alone, of which one takes six minutes and no two are alike.
 *
 * <p>Decision: the injector costs nothing here, and the network no time but the stall of Nagle's algorithm. So figures are
 * what the server alone does to a visit, and a real run shows larger ones.
 */
@NullMarked
package panelperf.rehearsal;

import org.jspecify.annotations.NullMarked;
