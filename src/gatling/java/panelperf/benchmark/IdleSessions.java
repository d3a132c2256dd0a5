package panelperf.benchmark;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
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
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages that were opened and are looked at no more: each has a session and a socket, and nothing happens. */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that fails is missed in the count.
final class IdleSessions {
    private static final Pattern TOKEN = Pattern.compile(PageLife.TOKEN);
    private static final int AT_ONCE = 64;
    private static final int GREETING_TEXTS = 3;

    private final URI url;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicInteger greeted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    private IdleSessions(URI url) {
        this.url = url;
    }

    /** Opens so many, measures the server's heap before and after, and closes them; returns a sentence. */
    static String hold(int count, ServerProcess server) throws IOException {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            RemoteHeap.Live before = RemoteHeap.after(server.pid());
            IdleSessions sessions = new IdleSessions(server.url());
            sessions.open(count, loops);
            RemoteHeap.Live with = RemoteHeap.after(server.pid());
            return BenchmarkTable.format(
                    "%n%d idle sessions with open sockets (%d asked for, %d ended early): heap %.0f MB after a collection,"
                            + " %.0f MB without sessions, so %.1f kB a session; %.0f MB of buffers outside of the heap%n",
                    sessions.greeted.get() - sessions.ended.get(),
                    count,
                    sessions.ended.get(),
                    with.heapBytes() / 1e6,
                    before.heapBytes() / 1e6,
                    (with.heapBytes() - before.heapBytes()) / 1e3 / count,
                    with.nativeBytes() / 1e6);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        }
    }

    private void open(int count, MultiThreadIoEventLoopGroup loops) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(65_536), new PageHandler());
                    }
                });
        try {
            for (int i = 0; i < count; i++) {
                await(1);
                bootstrap.connect(url.getHost(), url.getPort()).addListener(connected -> {
                    if (!connected.isSuccess()) {
                        places.release();
                    }
                });
            }
            await(AT_ONCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sessions opened", e);
        }
    }

    private void await(int free) throws IOException, InterruptedException {
        if (!places.tryAcquire(free, 30, TimeUnit.SECONDS)) {
            throw new IOException("idle sessions: expected a greeting within 30 s, found none after " + greeted.get()
                    + "; look at the server's output above");
        }
    }

    /** Asks for the page, and then on the same connection for its websocket. */
    private final class PageHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            request.headers().set(HttpHeaderNames.HOST, url.getAuthority());
            ctx.writeAndFlush(request);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            Matcher token = TOKEN.matcher(response.content().toString(StandardCharsets.UTF_8));
            if (!token.find()) {
                ctx.close();
                places.release();
                return;
            }
            WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                    URI.create("ws://" + url.getAuthority() + "/ws"),
                    WebSocketVersion.V13,
                    "bokeh, " + token.group(1),
                    false,
                    new DefaultHttpHeaders());
            ctx.pipeline().replace(this, "socket", new SocketHandler(handshaker));
            handshaker.handshake(ctx.channel());
        }
    }

    /** Ends the handshake, hears the greeting, and answers pings. */
    private final class SocketHandler extends SimpleChannelInboundHandler<Object> {
        private final WebSocketClientHandshaker handshaker;
        private int texts;

        SocketHandler(WebSocketClientHandshaker handshaker) {
            this.handshaker = handshaker;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof FullHttpResponse response) {
                handshaker.finishHandshake(ctx.channel(), response);
            } else if (msg instanceof PingWebSocketFrame ping) {
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            } else if (msg instanceof TextWebSocketFrame && ++texts == GREETING_TEXTS) {
                greeted.incrementAndGet();
                places.release();
            } else if (!(msg instanceof WebSocketFrame)) {
                ctx.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // For example a handshake that was answered with something else; the count will be short.
            ctx.close();
            places.release();
        }
    }
}
