package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.List;

/**
 * Turns a connection into an admin page's websocket. On its event loop.
 *
 * <p>Decision: a websocket. Rejected: server-sent events, which take one of the six connections that a browser opens to a
 * server, so that the sixth admin page would hang the others and the app.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class AdminUpgrade {
    static final String PATH = "/admin/live";

    /** Pages say nothing; what they say is no longer than this. */
    private static final WebSocketDecoderConfig FRAMES =
            WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1024).build();

    private static final List<Class<? extends ChannelHandler>> HTTP_ONLY = List.of(
            RequestQueue.class,
            HttpServerKeepAliveHandler.class,
            RequestDeadline.class,
            CommonHeaders.class,
            ConnectionLimit.class,
            RequestCheck.class,
            SocketUpgrade.class,
            AdminRequests.class,
            Router.class);

    private AdminUpgrade() {}

    static void open(ChannelHandlerContext ctx, FullHttpRequest request, AdminPages pages) {
        if (!asksForSocket(request)) {
            ctx.writeAndFlush(Responses.text(HttpResponseStatus.BAD_REQUEST, "expected a websocket of version 13\n"));
        } else if (!pages.reserve(ctx.channel())) {
            ctx.writeAndFlush(
                    Responses.last(Responses.busy(AdminPages.MOST + " admin pages are open; close one of them")));
        } else {
            handshake(ctx.channel(), request, pages);
        }
    }

    private static boolean asksForSocket(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    private static void handshake(Channel channel, FullHttpRequest request, AdminPages pages) {
        ChannelPipeline pipeline = channel.pipeline();
        // Netty answers with its own headers, in one message, which is no FullHttpResponse that these wait for.
        pipeline.remove(RequestQueue.class);
        pipeline.remove(HttpServerKeepAliveHandler.class);
        new WebSocketServerHandshaker13("", null, FRAMES)
                .handshake(channel, request, new DefaultHttpHeaders(), channel.newPromise())
                .addListener(answered -> {
                    if (!answered.isSuccess()) {
                        channel.close();
                        return;
                    }
                    HTTP_ONLY.stream()
                            .filter(handler -> pipeline.get(handler) != null)
                            .forEach(pipeline::remove);
                    pipeline.addLast(new AdminSocket());
                    pages.join(channel);
                });
    }
}
