package panelperf.target;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.concurrent.Future;

/** What answers {@code GET} of one path. */
@FunctionalInterface
interface Route {
    /**
     * Called on the channel's event loop, and must not block it.
     *
     * @param request released by the caller once this returns
     */
    Future<FullHttpResponse> answer(Channel channel, FullHttpRequest request);

    /** A route that knows its answer at once. */
    static Route immediate(Immediate route) {
        return (channel, request) -> channel.eventLoop().newSucceededFuture(route.answer(channel, request));
    }

    /** See {@link #immediate}. */
    @FunctionalInterface
    interface Immediate {
        FullHttpResponse answer(Channel channel, FullHttpRequest request);
    }
}
