package panelperf.target;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * A route whose answers wait for the document loop, as everything does in Tornado: while the loop is held, not even a file
 * goes out.
 */
final class LoopRoute implements Route {
    private final Sessions sessions;
    private final Route.Immediate route;

    private LoopRoute(Sessions sessions, Route.Immediate route) {
        this.sessions = sessions;
        this.route = route;
    }

    /** The route as it is, or by way of the loop where the server's knobs say so. */
    static Route of(Sessions sessions, Route.Immediate route) {
        return sessions.servesFiles() ? new LoopRoute(sessions, route) : Route.immediate(route);
    }

    @Override
    public Future<FullHttpResponse> answer(Channel channel, FullHttpRequest request) {
        Promise<FullHttpResponse> answer = channel.eventLoop().newPromise();
        request.retain();
        sessions.file(channel.eventLoop()).addListener(served -> {
            try {
                answer.setSuccess(route.answer(channel, request));
            } finally {
                request.release();
            }
        });
        return answer;
    }
}
