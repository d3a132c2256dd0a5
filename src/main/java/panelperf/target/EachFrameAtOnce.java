package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Hands every frame to the system by itself, as Tornado does. Under Nagle's algorithm the second frame of a message then
 * waits until the client has acknowledged the first.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // The promise tells the writer.
final class EachFrameAtOnce extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        ctx.writeAndFlush(msg, promise);
    }
}
