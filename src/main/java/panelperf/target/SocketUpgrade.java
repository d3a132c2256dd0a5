package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import panelperf.bokeh.TokenCheck;
import panelperf.session.Knobs;

/**
 * Turns a connection into a websocket of a session (bokeh/server/views/ws.py, tornado/websocket.py). Requests that ask
 * for no websocket pass. Its connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class SocketUpgrade extends ChannelInboundHandlerAdapter {
    /** As Bokeh's {@code websocket_max_message_size_bytes}. */
    static final int LARGEST_MESSAGE = 20 * 1024 * 1024;

    private static final String PATH = "/ws";

    /** What a websocket has no use for. */
    private static final List<Class<? extends ChannelHandler>> HTTP_ONLY = List.of(
            RequestDeadline.class,
            CommonHeaders.class,
            ConnectionLimit.class,
            RequestCheck.class,
            AdminRequests.class,
            Router.class);

    private final PageServerParts parts;
    private final MessageBudget messageBudget;

    SocketUpgrade(PageServerParts parts, MessageBudget messageBudget) {
        this.parts = parts;
        this.messageBudget = messageBudget;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || !asksForSocket(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            upgrade(ctx, request);
        } finally {
            request.release();
        }
    }

    /** What a client sends before the handshake is answered goes to the decoder of frames when that takes its place. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException) {
            parts.refusals().count(Refusal.BAD_FRAME);
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private static boolean asksForSocket(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && Router.path(request).equals(PATH)
                && request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!parts.origins().allow(headers.get(HttpHeaderNames.ORIGIN))) {
            parts.refusals().count(Refusal.CROSS_ORIGIN);
            ctx.writeAndFlush(Responses.text(HttpResponseStatus.FORBIDDEN, "Cross origin websockets not allowed"));
        } else if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false)) {
            parts.refusals().count(Refusal.BAD_REQUEST);
            FullHttpResponse response = Responses.text(
                    HttpResponseStatus.UPGRADE_REQUIRED, "expected Sec-WebSocket-Version 13; send that one");
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            ctx.writeAndFlush(response);
        } else if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            parts.refusals().count(Refusal.BAD_REQUEST);
            ctx.writeAndFlush(Responses.text(
                    HttpResponseStatus.BAD_REQUEST, "expected the header Sec-WebSocket-Key, found none; send one"));
        } else {
            open(ctx, request.retain());
        }
    }

    private void open(ChannelHandlerContext ctx, FullHttpRequest request) {
        List<String> offered = subprotocols(request);
        TokenCheck check = offered.size() == 2 && offered.get(0).equals("bokeh")
                ? parts.tokens().check(offered.get(1), parts.epochSeconds())
                : new TokenCheck.Malformed();
        if (check instanceof TokenCheck.Valid valid) {
            parts.sessions()
                    .join(valid.sessionId(), valid.signed(), ctx.executor())
                    .addListener((Future<ServedSession> opened) -> opened(ctx, request, opened));
        } else {
            refuse(ctx, request);
        }
    }

    /** Offered in one header line or several. */
    private static List<String> subprotocols(FullHttpRequest request) {
        List<String> offered = new ArrayList<>();
        for (String line : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String value : line.split(",", -1)) {
                offered.add(value.strip());
            }
        }
        return offered;
    }

    private void opened(ChannelHandlerContext ctx, FullHttpRequest request, Future<ServedSession> opened) {
        if (!ctx.channel().isActive()) {
            request.release();
            if (opened.isSuccess()) {
                parts.sessions().leave(opened.getNow());
            }
        } else if (opened.isSuccess()) {
            join(ctx, request, opened.getNow());
        } else if (opened.cause() instanceof RefusedException refused
                && refused.refusal() == Refusal.TOO_MANY_SESSIONS) {
            request.release();
            parts.refusals().count(Refusal.TOO_MANY_SESSIONS);
            ctx.writeAndFlush(PageRoute.full());
        } else if (opened.cause() instanceof RefusedException) {
            refuse(ctx, request);
        } else {
            request.release();
            ctx.writeAndFlush(Responses.last(Responses.error(HttpResponseStatus.INTERNAL_SERVER_ERROR)));
        }
    }

    private void join(ChannelHandlerContext ctx, FullHttpRequest request, ServedSession session) {
        if (!session.takePlace()) {
            request.release();
            parts.sessions().leave(session);
            parts.refusals().count(Refusal.TOO_MANY_SOCKETS);
            ctx.writeAndFlush(Responses.busy("the session has " + ServedSession.MOST_SOCKETS
                    + " open sockets, as many as may be; close one, or load the page again"));
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> session.leavePlace());
        handshake(ctx, request).addListener(done -> {
            if (done.isSuccess()) {
                PageSocket socket = new PageSocket(ctx.channel(), parts.refusals());
                if (parts.knobs().delivery().wire() == Knobs.Wire.NAGLE) {
                    ctx.pipeline().addLast(new EachFrameAtOnce());
                }
                ctx.pipeline()
                        .addLast(
                                new Utf8FrameValidator(false),
                                new WebSocketFrameAggregator(LARGEST_MESSAGE),
                                new MessageEncoder(),
                                new BokehSocket(
                                        parts.sessions(),
                                        session,
                                        socket,
                                        ctx.pipeline().get(MessageLimit.class),
                                        messageBudget,
                                        parts.refusals()));
                ctx.pipeline().remove(this);
            } else {
                parts.sessions().leave(session);
            }
        });
    }

    /** Bokeh lets the handshake succeed and closes without a word of why; browsers report that as code 1005. */
    private void refuse(ChannelHandlerContext ctx, FullHttpRequest request) {
        parts.refusals().count(Refusal.BAD_TOKEN);
        handshake(ctx, request).addListener(done -> {
            if (done.isSuccess()) {
                SocketEnd.begin(ctx.channel(), new CloseWebSocketFrame());
                ctx.pipeline().remove(this);
            }
        });
    }

    private ChannelFuture handshake(ChannelHandlerContext ctx, FullHttpRequest request) {
        Channel channel = ctx.channel();
        ChannelPipeline pipeline = channel.pipeline();
        try {
            HttpHeaders headers = new DefaultHttpHeaders();
            List<String> offered = subprotocols(request);
            if (offered.size() == 2) {
                headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, offered.get(0));
            }
            pipeline.remove(RequestQueue.class);
            pipeline.remove(HttpServerKeepAliveHandler.class);
            return new Handshake()
                    .handshake(channel, request, headers, channel.newPromise())
                    .addListener(answered -> {
                        if (answered.isSuccess()) {
                            HTTP_ONLY.forEach(pipeline::remove);
                            pipeline.addLast(new MessageLimit(
                                    pipeline.get(BoundedFrameDecoder.class), messageBudget, parts.refusals()));
                        } else {
                            channel.close();
                        }
                    });
        } catch (RuntimeException e) {
            // A header that Netty reads but would not write; nobody but a tester of servers sends one.
            parts.refusals().count(Refusal.BAD_REQUEST);
            channel.close();
            return channel.newFailedFuture(e);
        } finally {
            request.release();
        }
    }

    /** Netty's handshake with our decoder. */
    private static final class Handshake extends WebSocketServerHandshaker13 {
        Handshake() {
            super("", null, false, LARGEST_MESSAGE);
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new BoundedFrameDecoder();
        }
    }
}
