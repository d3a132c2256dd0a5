package panelperf.target;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import panelperf.session.ServerSession;
import panelperf.target.admin.SessionJson;
import panelperf.time.Timeline;

/**
 * {@code GET /sessions}: the sessions that live, oldest first, a JSON object each. Instants are milliseconds since the
 * Unix epoch, {@code null} where they have not happened. For whoever may see the admin page: the ids are others' business.
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
        sessions.list(channel.eventLoop())
                .addListener((Future<List<ServerSession>> listed) -> answer.setSuccess(json(listed.getNow())));
        return answer;
    }

    private FullHttpResponse json(List<ServerSession> all) {
        String json = all.stream()
                .map(session -> SessionJson.line(session, timeline))
                .collect(Collectors.joining(",", "[", "]"));
        return Responses.of(HttpResponseStatus.OK, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
