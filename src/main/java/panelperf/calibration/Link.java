package panelperf.calibration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Message;
import panelperf.time.Ticker;

/**
 * One connection: requests, each after the answer to the last, until it becomes a websocket. One thread's; what comes is put
 * into its inbox by the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes the channel, and that arrives.
final class Link implements AutoCloseable {
    private static final int LARGEST_FRAME = 64 << 20;
    /** A server that collects garbage for all sessions of a load says nothing for a minute. */
    private static final long PATIENCE_SECONDS = 120;

    private final Site site;
    private final Ticker ticker;
    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    private @Nullable Channel channel;

    Link(Site site, Ticker ticker) {
        this.site = site;
        this.ticker = ticker;
    }

    void on(Channel connected) {
        channel = connected;
    }

    ChannelHandler inbound() {
        return new Inbound();
    }

    /** Asks for a path and waits for the answer. */
    Arrival.Response get(String path) throws CannotMeasure, InterruptedException {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, site.authority());
        channel().writeAndFlush(request);
        Arrival arrival = next();
        if (arrival instanceof Arrival.Response response) {
            return response;
        }
        throw new CannotMeasure(
                "expected an answer to GET " + path + ", found: " + arrival.text() + "; is the server still running?");
    }

    /** Becomes a websocket of the page's session and waits for the server's greeting, or for its refusal. */
    Arrival join(String token) throws CannotMeasure, InterruptedException {
        URI url = site.below("ws");
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.ORIGIN, "http://" + site.authority());
        WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                URI.create(url.toString().replaceFirst("http", "ws")),
                WebSocketVersion.V13,
                "bokeh, " + token,
                false,
                headers,
                LARGEST_FRAME);
        // On the event loop: from another thread the answer can overtake the handshaker's listener, and then no encoder
        // is set.
        channel().eventLoop().execute(() -> {
            channel()
                    .pipeline()
                    .addLast(
                            new WebSocketClientProtocolHandler(handshaker, false, true),
                            new WebSocketFrameAggregator(LARGEST_FRAME),
                            new Telling(ticker, inbox::add));
            handshaker.handshake(channel());
        });
        Arrival first = next();
        return first instanceof Arrival.Upgraded ? next() : first;
    }

    void tell(Message message) {
        for (String frame : message.frames()) {
            channel().write(new TextWebSocketFrame(frame));
        }
        channel().flush();
    }

    /** What came next. */
    Arrival next() throws CannotMeasure, InterruptedException {
        Arrival arrival = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (arrival == null) {
            throw new CannotMeasure("expected an answer from " + site.page() + " within " + PATIENCE_SECONDS
                    + " s, found none; is the server still running?");
        }
        return arrival;
    }

    /** What has come, or null when nothing has within that time. */
    @Nullable
    Arrival next(long patienceNanos) throws InterruptedException {
        return inbox.poll(patienceNanos, TimeUnit.NANOSECONDS);
    }

    /** Says goodbye on a websocket, and closes. */
    void leave() {
        channel().writeAndFlush(new CloseWebSocketFrame(1000, "")).addListener(sent -> close());
    }

    @Override
    public void close() {
        channel().close();
    }

    private Channel channel() {
        return Objects.requireNonNull(channel, "a link is handed out once it is connected");
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof FullHttpResponse response && ctx.pipeline().get(Telling.class) == null) {
                long atNanos = ticker.nanos();
                String server = Objects.requireNonNullElse(response.headers().get(HttpHeaderNames.SERVER), "");
                String body = response.content().toString(StandardCharsets.UTF_8);
                inbox.add(new Arrival.Response(response.status().code(), server, body, atNanos));
                ReferenceCountUtil.release(msg);
            } else {
                ctx.fireChannelRead(msg);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inbox.add(new Arrival.Closed("the server closed the connection", ticker.nanos()));
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            inbox.add(new Arrival.Closed(String.valueOf(cause.getMessage()), ticker.nanos()));
            ctx.close();
        }
    }
}
