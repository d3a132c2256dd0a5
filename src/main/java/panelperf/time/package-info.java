/**
 * Where now comes from, and how one run's monotonic nanoseconds map to wall time.
 *
 * <p>May enter: nothing but the JDK. Everybody may import it; it is the only room that reads the machine's clocks, and
 * only entry points ask it for that ticker, so that all other code can be tested under virtual time.
 *
 * <p>Decision: one anchor a run. Wall clocks step and drift, so durations are always differences of the monotonic
 * clock, and wall time is derived from them by one fixed offset. Rejected: {@link java.time.Clock}, whose instants are
 * wall time and may go back.
 */
@NullMarked
package panelperf.time;

import org.jspecify.annotations.NullMarked;
