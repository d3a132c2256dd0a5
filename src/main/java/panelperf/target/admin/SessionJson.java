package panelperf.target.admin;

import java.io.IOException;
import panelperf.session.ServerSession;
import panelperf.time.Timeline;

/** One session as JSON: in {@code /sessions}, {@code /sessions.ndjson} and the feed. */
public final class SessionJson {
    private SessionJson() {}

    /** On one line. */
    public static String line(ServerSession session, Timeline timeline) {
        return JsonText.object(timeline, json -> write(json, session));
    }

    static void write(JsonText json, ServerSession session) throws IOException {
        json.text("id", session.key().id());
        json.number("number", session.key().number());
        json.text("state", Words.of(session.state()));
        json.number("connections", session.connections());
        json.instant("createdMs", session.createdNanos());
        json.instant("initialisedMs", session.initialisedNanos());
        json.instant("connectedMs", session.connectedNanos());
        json.instant("readyMs", session.readyNanos());
        json.instant("renderingMs", session.renderingNanos());
        json.instant("renderedMs", session.renderedNanos());
        json.instant("closedMs", session.closedNanos());
        json.instant("destroyedMs", session.destroyedNanos());
    }
}
