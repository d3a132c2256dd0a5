package panelperf.target.admin;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import panelperf.session.Hold;

/** For Flight Recorder: the document loop has done a piece of work. Written at its end. */
@Name("panelperf.LoopHold")
@Label("Document Loop Hold")
@Description("A piece of work of the document loop, which does one at a time")
@Category({"Panel Performance", "Document Loop"})
@StackTrace(false)
final class LoopHoldEvent extends Event {
    @Label("Work")
    String work = "";

    @Label("Session Number")
    @Description("0 where it was no session's work")
    long number;

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Waited")
    @Description("From being asked for until its turn came")
    @Timespan(Timespan.NANOSECONDS)
    long waited;

    @Label("Held")
    @Timespan(Timespan.NANOSECONDS)
    long held;

    static void write(Hold hold, double beganEpochMs) {
        LoopHoldEvent event = new LoopHoldEvent();
        if (event.isEnabled()) {
            event.work = Words.of(hold.work());
            event.number = hold.session().map(key -> key.number()).orElse(0L);
            event.began = (long) beganEpochMs;
            event.waited = hold.startNanos() - hold.queuedNanos();
            event.held = hold.endNanos() - hold.startNanos();
            event.commit();
        }
    }
}
