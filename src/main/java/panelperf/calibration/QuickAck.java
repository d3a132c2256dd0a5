package panelperf.calibration;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;

/**
 * Acknowledges at once what comes. A server that leaves Nagle's algorithm on keeps its next small frame until the last one is
 * acknowledged, which Linux puts off by some 40 ms; those are nobody's work. The system forgets the option by itself, so it
 * is set again after every read.
 */
@Sharable
final class QuickAck extends ChannelInboundHandlerAdapter {
    private static final ChannelOption<Boolean> OPTION = NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK);

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        set(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        set(ctx);
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        set(ctx);
        ctx.fireChannelReadComplete();
    }

    private static void set(ChannelHandlerContext ctx) {
        // False where the system has no such option: then the wire's stall is in all figures, and is found there.
        ctx.channel().config().setOption(OPTION, true);
    }
}
