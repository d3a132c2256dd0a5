package panelperf.target.admin;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import panelperf.session.PoolUse;

/** For Flight Recorder: a place of the render pool is free again. Written then. */
@Name("panelperf.PoolUse")
@Label("Render Pool Use")
@Description("A deferred function had a place of the render pool")
@Category({"Panel Performance", "Render Pool"})
@StackTrace(false)
final class PoolUseEvent extends Event {
    @Label("Session Number")
    long number;

    @Label("Part")
    int part;

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Waited")
    @Description("From the page being drawn until a place came free")
    @Timespan(Timespan.NANOSECONDS)
    long waited;

    @Label("Used")
    @Timespan(Timespan.NANOSECONDS)
    long used;

    static void write(PoolUse use, double beganEpochMs) {
        PoolUseEvent event = new PoolUseEvent();
        if (event.isEnabled()) {
            event.number = use.session().number();
            event.part = use.part();
            event.began = (long) beganEpochMs;
            event.waited = use.startNanos() - use.queuedNanos();
            event.used = use.endNanos() - use.startNanos();
            event.commit();
        }
    }
}
