package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The last handler of a websocket that this server ends: it has sent its close frame, and reads past what the client
 * still sends until the client closes, or for two seconds. A connection closed with unread bytes is reset, and the client
 * would lose the close frame and its reason.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class SocketEnd extends ChannelInboundHandlerAdapter {
    private static final long LONGEST_WAIT_SECONDS = 2;

    private SocketEnd() {}

    /** Ends a websocket, once; on its event loop. */
    static void begin(Channel channel, CloseWebSocketFrame frame) {
        if (!channel.isActive() || channel.pipeline().get(SocketEnd.class) != null) {
            ReferenceCountUtil.release(frame);
            return;
        }
        BokehSocket served = channel.pipeline().get(BokehSocket.class);
        if (served == null) {
            channel.pipeline().addLast(new SocketEnd());
        } else {
            channel.pipeline().replace(served, null, new SocketEnd());
        }
        channel.writeAndFlush(frame);
        channel.config().setAutoRead(true);
        var limit = channel.eventLoop().schedule(() -> channel.close(), LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (msg instanceof CloseWebSocketFrame) {
                ctx.close();
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Frames that still come may be as malformed as the one that ended the socket; they are read past too.
        if (!(cause instanceof DecoderException)) {
            ctx.close();
        }
    }
}
