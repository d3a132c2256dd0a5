package panelperf.target;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request half a minute to come whole from its first byte, and a connection two minutes between requests. A limit
 * on silence alone would let a client that sends a byte a minute hold its place for ever. While a request is being
 * answered nothing is due: how long that takes is the server's doing.
 *
 * <p>Stands before the decoder, so that it sees the first byte of a head that never ends. Its connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty closes what fails; closing tells nobody.
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    static final long LONGEST_REQUEST_SECONDS = 30;
    static final long LONGEST_SILENCE_SECONDS = 120;

    private enum Waiting {
        FOR_A_REQUEST,
        FOR_ITS_REST,
        FOR_THE_ANSWER
    }

    private final Refusals refusals;
    private Waiting waiting = Waiting.FOR_A_REQUEST;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> limit;

    RequestDeadline(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        allow(LONGEST_SILENCE_SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (waiting == Waiting.FOR_A_REQUEST && msg instanceof ByteBuf) {
            waiting = Waiting.FOR_ITS_REST;
            allow(LONGEST_REQUEST_SECONDS);
        }
        ctx.fireChannelRead(msg);
    }

    /** A request is here and is being answered. */
    void whole() {
        waiting = Waiting.FOR_THE_ANSWER;
        cancel();
    }

    /** All requests that came are answered. */
    void answered() {
        waiting = Waiting.FOR_A_REQUEST;
        allow(LONGEST_SILENCE_SECONDS);
    }

    private void allow(long seconds) {
        cancel();
        ChannelHandlerContext ctx = context;
        if (ctx != null && !ctx.isRemoved()) {
            limit = ctx.executor().schedule(() -> end(ctx), seconds, TimeUnit.SECONDS);
        }
    }

    private void end(ChannelHandlerContext ctx) {
        if (waiting == Waiting.FOR_ITS_REST) {
            refusals.count(Refusal.TOO_SLOW);
        }
        ctx.close();
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
