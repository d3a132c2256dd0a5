package panelperf.target;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose client has taken nothing of what waits for it for half a minute. Less than 64 KiB may wait for
 * ever on an open websocket: that much is in the system's own buffers as well. Its connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty closes what fails; closing tells nobody.
final class StalledReader extends ChannelInboundHandlerAdapter {
    static final long LONGEST_STALL_SECONDS = 30;

    private final Refusals refusals;
    private @Nullable Future<?> limit;

    StalledReader(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            cancel();
        } else if (limit == null) {
            watch(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void watch(ChannelHandlerContext ctx) {
        long left = ctx.channel().bytesBeforeWritable();
        limit = ctx.executor().schedule(() -> look(ctx, left), LONGEST_STALL_SECONDS, TimeUnit.SECONDS);
    }

    private void look(ChannelHandlerContext ctx, long before) {
        if (ctx.channel().bytesBeforeWritable() < before) {
            watch(ctx);
        } else {
            refusals.count(Refusal.TOO_SLOW);
            ctx.close();
        }
    }

    private void cancel() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
    }
}
