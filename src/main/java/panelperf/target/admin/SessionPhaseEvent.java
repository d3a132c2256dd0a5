package panelperf.target.admin;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import panelperf.session.SessionKey;

/** For Flight Recorder: a phase of a session has ended. Written at its end; the field {@code began} says when it began. */
@Name("panelperf.SessionPhase")
@Label("Session Phase")
@Description("A phase of a session's life that has ended")
@Category({"Panel Performance", "Sessions"})
@StackTrace(false)
final class SessionPhaseEvent extends Event {
    @Label("Session")
    String session = "";

    @Label("Session Number")
    long number;

    @Label("Phase")
    String phase = "";

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Lasted")
    @Timespan(Timespan.NANOSECONDS)
    long lasted;

    static void write(SessionKey key, Phase phase, double beganEpochMs, long lastedNanos) {
        SessionPhaseEvent event = new SessionPhaseEvent();
        if (event.isEnabled()) {
            event.session = key.id();
            event.number = key.number();
            event.phase = Words.of(phase);
            event.began = (long) beganEpochMs;
            event.lasted = Math.max(0, lastedNanos);
            event.commit();
        }
    }
}
