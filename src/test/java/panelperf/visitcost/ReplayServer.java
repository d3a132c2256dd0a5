package panelperf.visitcost;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import panelperf.visitcost.RecordedPage.Answer;
import panelperf.visitcost.RecordedPage.Frame;

/**
 * Says a recorded page again to whoever asks, as quickly as it can. {@code ?holdMs=} of the page's address says how long its loaders stay. {@code GET /replay/ready} tells
 * how many sockets are open that have said {@code document_ready}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel.
public final class ReplayServer {
    private final RecordedPage recorded;
    private final Replay replay;
    private final ByteBuf beforeToken;
    private final ByteBuf afterToken;
    private final Map<String, ByteBuf> bodies = new HashMap<>();
    private final AtomicInteger ready = new AtomicInteger();

    private ReplayServer(RecordedPage recorded) {
        this.recorded = recorded;
        this.replay = new Replay(recorded);
        String html = new String(recorded.page().body(), StandardCharsets.UTF_8);
        int token = html.indexOf(recorded.token());
        beforeToken = buffer(html.substring(0, token).getBytes(StandardCharsets.UTF_8));
        afterToken = buffer(html.substring(token + recorded.token().length()).getBytes(StandardCharsets.UTF_8));
        recorded.files().forEach((path, file) -> bodies.put(path, buffer(file.body())));
    }

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    /** Serves the recording in the file that is the argument. */
    public static void main(String[] args) throws Exception {
        ReplayServer server = new ReplayServer(RecordedPage.read(Path.of(args[0])));
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        2, new DefaultThreadFactory("replay", true), NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), server.new Pages());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0))
                .sync()
                .channel();
        System.out.println("ready http://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/");
        while (System.in.read() >= 0) {
            // What a parent writes means nothing; its end is ours.
        }
    }

    /** Answers the page and its files, or becomes a socket. */
    private final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            QueryStringDecoder asked = new QueryStringDecoder(request.uri());
            if (asked.path().endsWith("/ws")) {
                upgrade(ctx, request, asked);
            } else if (asked.path().equals("/replay/ready")) {
                String count = Integer.toString(ready.get());
                answer(ctx, new Answer(200, List.of("content-type: text/plain"), new byte[0]), text(count));
            } else if (recorded.files().containsKey(asked.path())) {
                file(ctx, request, asked.path());
            } else {
                answer(
                        ctx,
                        recorded.page(),
                        Unpooled.wrappedBuffer(beforeToken.duplicate(), text(replay.token()), afterToken.duplicate()));
            }
        }

        private void file(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
            Answer file = recorded.files().getOrDefault(path, recorded.page());
            if (request.headers().contains(HttpHeaderNames.IF_NONE_MATCH)) {
                answer(ctx, new Answer(304, file.headers(), new byte[0]), Unpooled.EMPTY_BUFFER);
            } else {
                answer(
                        ctx,
                        file,
                        bodies.getOrDefault(path, Unpooled.EMPTY_BUFFER).duplicate());
            }
        }

        private static ByteBuf text(String text) {
            return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
        }

        private static void answer(ChannelHandlerContext ctx, Answer answer, ByteBuf body) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
            for (String line : answer.headers()) {
                int colon = line.indexOf(':');
                response.headers().add(line.substring(0, colon), line.substring(colon + 2));
            }
            HttpUtil.setContentLength(response, body.readableBytes());
            ctx.writeAndFlush(response);
        }

        private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, QueryStringDecoder asked) {
            long holdMs = Long.parseLong(
                    asked.parameters().getOrDefault("holdMs", List.of("0")).get(0));
            new WebSocketServerHandshaker13("", "bokeh", false, 1 << 20)
                    .handshake(ctx.channel(), request)
                    .addListener(done -> {
                        ctx.pipeline().replace(this, null, new Socket(holdMs));
                        say(ctx.channel(), recorded.greeting());
                    });
        }
    }

    /** One page's websocket. */
    private final class Socket extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final long holdMs;
        private final Replay.Conversation conversation = replay.conversation();
        private boolean counted;

        Socket(long holdMs) {
            this.holdMs = holdMs;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            if (frame instanceof CloseWebSocketFrame close) {
                ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            } else if (frame instanceof TextWebSocketFrame text) {
                answer(ctx.channel(), conversation.hear(text.text()));
            }
        }

        private void answer(Channel channel, Replay.Answer answer) {
            if (answer.ready()) {
                counted = true;
                ready.incrementAndGet();
            }
            if (answer.ready() && holdMs == 0) {
                say(channel, answer.content());
                return;
            }
            say(channel, answer.now());
            if (answer.ready()) {
                channel.eventLoop().schedule(() -> say(channel, answer.content()), holdMs, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (counted) {
                ready.decrementAndGet();
            }
        }
    }

    private static void say(Channel channel, List<Frame> frames) {
        for (Frame frame : frames) {
            ByteBuf bytes = Unpooled.wrappedBuffer(frame.bytes());
            channel.write(frame.binary() ? new BinaryWebSocketFrame(bytes) : new TextWebSocketFrame(bytes));
        }
        channel.flush();
    }
}
