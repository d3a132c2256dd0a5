package panelperf.target;

import panelperf.bokeh.Tokens;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** What the handlers of all connections share. Safe for many threads. */
record PageServerParts(
        Site site,
        Behaviour behaviour,
        Sessions sessions,
        Tokens tokens,
        SessionIds ids,
        Origins origins,
        Hosts hosts,
        Refusals refusals,
        Admin admin,
        AdminAccess adminAccess,
        Ticker ticker,
        Timeline timeline) {

    Knobs knobs() {
        return behaviour.knobs();
    }

    /** Seconds since the Unix epoch. */
    long epochSeconds() {
        return (long) (timeline.epochMs(ticker.nanos()) / 1000);
    }
}
