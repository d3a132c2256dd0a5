package panelperf.target;

import panelperf.bokeh.Tokens;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** What the handlers of all connections share. Safe for many threads. */
record PageServerParts(
        App app,
        Knobs knobs,
        Sessions sessions,
        Tokens tokens,
        SessionIds ids,
        Origins origins,
        Refusals refusals,
        Admin admin,
        AdminAccess adminAccess,
        Ticker ticker,
        Timeline timeline) {

    /** Seconds since the Unix epoch. */
    long epochSeconds() {
        return (long) (timeline.epochMs(ticker.nanos()) / 1000);
    }
}
