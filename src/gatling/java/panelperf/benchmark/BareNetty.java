package panelperf.benchmark;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
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
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The least that a Netty server can do to send the same bytes: recorded answers by the count of what came, without
 * sessions, tokens, JSON, limits or time-outs. How near our target comes to it is what all of that costs.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel.
public final class BareNetty {
    private BareNetty() {}

    /** Serves the recording in the directory that is the argument. */
    public static void main(String[] args) throws Exception {
        Recording recording = Recording.read(Path.of(args[0]));
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(),
                        new DefaultThreadFactory("bare-netty", true),
                        NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new PageHandler(recording));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0))
                .sync()
                .channel();
        System.out.println(
                "bare Netty at http://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/");
        while (System.in.read() >= 0) {
            // What a parent writes means nothing; its end is ours.
        }
    }

    /** Answers the page, or becomes a socket. */
    private static final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Recording recording;
        private final ByteBuf page;

        PageHandler(Recording recording) {
            this.recording = recording;
            this.page = Unpooled.wrappedBuffer(recording.page().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.uri().startsWith("/ws")) {
                String offered = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "bokeh");
                new WebSocketServerHandshaker13("", offered.split(",", 2)[0], false, 1 << 20)
                        .handshake(ctx.channel(), request)
                        .addListener(done -> {
                            ctx.pipeline().replace(this, null, new SocketHandler(recording));
                            SocketHandler.say(ctx.channel(), recording.greeting());
                        });
            } else {
                FullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, page.retainedDuplicate());
                for (String line : recording.head()) {
                    int colon = line.indexOf(':');
                    response.headers().set(line.substring(0, colon), line.substring(colon + 2));
                }
                HttpUtil.setContentLength(response, page.readableBytes());
                ctx.writeAndFlush(response);
            }
        }
    }

    /** Answers the third text and the sixth. */
    private static final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final Recording recording;
        private int texts;

        SocketHandler(Recording recording) {
            this.recording = recording;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            if (frame instanceof CloseWebSocketFrame close) {
                ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            } else if (frame instanceof TextWebSocketFrame) {
                texts++;
                if (texts == 3) {
                    say(ctx.channel(), recording.document());
                } else if (texts == 6) {
                    say(ctx.channel(), recording.content());
                }
            }
        }

        static void say(Channel channel, List<String> all) {
            all.forEach(text -> channel.write(new TextWebSocketFrame(text)));
            channel.flush();
        }
    }
}
