package panelperf.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import panelperf.bokeh.Json;
import panelperf.session.ServerSession;
import panelperf.time.Timeline;

/**
 * {@code GET /sessions}: the sessions that live, oldest first, a JSON object each. Instants are milliseconds since the
 * Unix epoch, {@code null} where they have not happened. For this machine only: the ids are others' business.
 */
final class SessionsRoute implements Route {
    private final Sessions sessions;
    private final Timeline timeline;
    private final Hosts hosts;

    SessionsRoute(Sessions sessions, Timeline timeline, Hosts hosts) {
        this.sessions = sessions;
        this.timeline = timeline;
        this.hosts = hosts;
    }

    @Override
    public Future<FullHttpResponse> answer(Channel channel, FullHttpRequest request) {
        if (!isLocal(channel.remoteAddress())
                || !hosts.know(request.headers().get(HttpHeaderNames.HOST, Listening.LOCALHOST))) {
            return channel.eventLoop()
                    .newSucceededFuture(Responses.text(
                            HttpResponseStatus.FORBIDDEN, "/sessions is for this machine only; ask from there\n"));
        }
        Promise<FullHttpResponse> answer = channel.eventLoop().newPromise();
        sessions.list(channel.eventLoop()).addListener((Future<List<ServerSession>> listed) -> {
            ArrayNode all = Json.array();
            listed.getNow().forEach(session -> all.add(json(session)));
            answer.setSuccess(Responses.json(all));
        });
        return answer;
    }

    private static boolean isLocal(SocketAddress peer) {
        return !(peer instanceof InetSocketAddress address)
                || address.getAddress().isLoopbackAddress();
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
