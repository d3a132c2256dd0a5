package panelperf.target;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Users who visit a page over and over, as bytes: page, websocket, drawn, content, closed. It costs a fraction of a
 * browser, so that the server is what is measured. One connection a visit.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A visit that fails is counted when its channel closes.
final class WireVisits implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final EventLoopGroup group;
    private final int port;
    private final long thinkMs;
    private final LongConsumer visited;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong failed = new AtomicLong();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /**
     * Nobody yet.
     *
     * @param thinkMs how long a user looks at the content before they leave
     * @param visited is told how long each visit took until its content was there, in nanoseconds
     */
    WireVisits(int port, int threads, long thinkMs, LongConsumer visited) {
        this.group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("wire-visits", true), NioIoHandler.newFactory());
        this.port = port;
        this.thinkMs = thinkMs;
        this.visited = visited;
    }

    /** So many users begin. */
    WireVisits start(int users) {
        for (int i = 0; i < users; i++) {
            visit();
        }
        return this;
    }

    /** Visits that ended without their content. */
    long failed() {
        return failed.get();
    }

    private void visit() {
        if (stopped.get()) {
            return;
        }
        Visit visit = new Visit(System.nanoTime());
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(1 << 20), visit);
                    }
                })
                .connect("127.0.0.1", port)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        visit.over();
                    }
                });
    }

    /** Ends everything; visits under way are cut off. */
    @Override
    public void close() {
        stopped.set(true);
        // By name: a group that is told to stop between two rounds of its loop may leave its channels open.
        open.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private final class Visit extends SimpleChannelInboundHandler<Object> {
        private final long beganNanos;
        private @Nullable WebSocketClientHandshaker handshaker;
        private boolean drawn;
        private boolean loaded;

        Visit(long beganNanos) {
            this.beganNanos = beganNanos;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            DefaultFullHttpRequest page =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
            page.headers().set(HttpHeaderNames.HOST, "localhost:" + port);
            ctx.writeAndFlush(page);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof FullHttpResponse response) {
                answered(ctx, response);
            } else if (msg instanceof TextWebSocketFrame frame) {
                heard(ctx, frame.text());
            }
        }

        private void answered(ChannelHandlerContext ctx, FullHttpResponse response) {
            if (handshaker != null) {
                handshaker.finishHandshake(ctx.channel(), response);
                return;
            }
            Matcher token = TOKEN.matcher(response.content().toString(StandardCharsets.UTF_8));
            if (!token.find()) {
                ctx.close();
                return;
            }
            handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                    URI.create("ws://localhost:" + port + "/ws"),
                    WebSocketVersion.V13,
                    "bokeh, " + token.group(1),
                    false,
                    new DefaultHttpHeaders());
            handshaker.handshake(ctx.channel());
        }

        private void heard(ChannelHandlerContext ctx, String text) {
            if (!drawn && text.contains("\"ACK\"")) {
                drawn = true;
                ctx.write(new TextWebSocketFrame("{\"msgid\":\"1\",\"msgtype\":\"PATCH-DOC\"}"));
                ctx.write(new TextWebSocketFrame("{}"));
                ctx.writeAndFlush(new TextWebSocketFrame(VirtualSocket.DOCUMENT_READY));
            } else if (text.contains("css_classes")) {
                loaded = true;
                visited.accept(System.nanoTime() - beganNanos);
                ctx.executor().schedule(() -> ctx.close(), thinkMs, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            over();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        void over() {
            if (!loaded && !stopped.get()) {
                failed.incrementAndGet();
            }
            if (!group.isShuttingDown()) {
                visit();
            }
        }
    }
}
