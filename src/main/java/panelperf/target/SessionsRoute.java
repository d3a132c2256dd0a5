package panelperf.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import panelperf.bokeh.Json;
import panelperf.session.ServerSession;
import panelperf.time.Timeline;

/**
 * {@code GET /sessions}: the sessions that live, oldest first, a JSON object each. Instants are milliseconds since the
 * Unix epoch, {@code null} where they have not happened. For whoever may see the admin page: the ids are
 * others' business.
 */
final class SessionsRoute implements Route {
    private final Sessions sessions;
    private final Timeline timeline;

    SessionsRoute(Sessions sessions, Timeline timeline) {
        this.sessions = sessions;
        this.timeline = timeline;
    }

    @Override
    public Future<FullHttpResponse> answer(Channel channel, FullHttpRequest request) {
        Promise<FullHttpResponse> answer = channel.eventLoop().newPromise();
        sessions.list(channel.eventLoop()).addListener((Future<List<ServerSession>> listed) -> {
            ArrayNode all = Json.array();
            listed.getNow().forEach(session -> all.add(json(session)));
            answer.setSuccess(Responses.json(all));
        });
        return answer;
    }

    private ObjectNode json(ServerSession session) {
        ObjectNode json = Json.object()
                .put("id", session.key().id())
                .put("number", session.key().number())
                .put("state", session.state().name().toLowerCase(Locale.ROOT))
                .put("connections", session.connections());
        put(json, "createdMs", OptionalLong.of(session.createdNanos()));
        put(json, "initialisedMs", session.initialisedNanos());
        put(json, "connectedMs", session.connectedNanos());
        put(json, "readyMs", session.readyNanos());
        put(json, "renderingMs", session.renderingNanos());
        put(json, "renderedMs", session.renderedNanos());
        put(json, "closedMs", session.closedNanos());
        return json;
    }

    private void put(ObjectNode json, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            // Microseconds are what the clock is good for; more digits would be noise.
            json.put(name, BigDecimal.valueOf(Math.round(timeline.epochMs(nanos.getAsLong()) * 1000), 3));
        } else {
            json.putNull(name);
        }
    }
}
