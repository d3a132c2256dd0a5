package panelperf.target;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one websocket holds of a message that is not whole: by time, two minutes from when its first bytes were
 * seen, and by what is left of the {@link MessageBudget}. A message is whole when its last frame is, buffers included:
 * {@link BokehSocket} says so.
 *
 * <p>Stands between the decoder of frames and what puts their fragments together. Its connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class MessageLimit extends ChannelInboundHandlerAdapter {
    static final long LONGEST_MESSAGE_SECONDS = 120;
    /** Small messages, which are nearly all, cost the shared count nothing. */
    static final int FREE_BYTES = 65_536;

    private final BoundedFrameDecoder decoder;
    private final MessageBudget budget;
    private final Refusals refusals;
    private long decodedBytes;
    private long takenBytes;
    private boolean whole;
    private boolean ended;
    private @Nullable Future<?> deadline;

    MessageLimit(BoundedFrameDecoder decoder, MessageBudget budget, Refusals refusals) {
        this.decoder = decoder;
        this.budget = budget;
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended) {
            ReferenceCountUtil.release(msg);
            return;
        }
        if (msg instanceof TextWebSocketFrame
                || msg instanceof BinaryWebSocketFrame
                || msg instanceof ContinuationWebSocketFrame) {
            decodedBytes += ((WebSocketFrame) msg).content().readableBytes();
        }
        ctx.fireChannelRead(msg);
    }

    /**
     * The message is whole.
     *
     * @return what it has of the budget, to be given back once it is answered
     */
    long whole() {
        long taken = takenBytes;
        takenBytes = 0;
        decodedBytes = 0;
        whole = true;
        return taken;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long held = decodedBytes + decoder.undecodedBytes();
        if (whole || held == 0) {
            whole = false;
            cancel();
        }
        if (held > 0 && !ended) {
            hold(ctx, held);
        }
        ctx.fireChannelReadComplete();
    }

    private void hold(ChannelHandlerContext ctx, long held) {
        if (deadline == null) {
            deadline = ctx.executor()
                    .schedule(
                            () -> end(ctx, Refusal.TOO_SLOW, "the message did not come whole in time"),
                            LONGEST_MESSAGE_SECONDS,
                            TimeUnit.SECONDS);
        }
        long more = held - FREE_BYTES - takenBytes;
        if (more <= 0) {
            return;
        }
        if (budget.take(more)) {
            takenBytes += more;
        } else {
            end(ctx, Refusal.TOO_MANY_BYTES, "too many messages are under way");
        }
    }

    /** What still comes is not worth waiting for: it may be megabytes. */
    private void end(ChannelHandlerContext ctx, Refusal refusal, String reason) {
        if (ended || !ctx.channel().isActive()) {
            return;
        }
        ended = true;
        if (ctx.pipeline().get(SocketEnd.class) != null) {
            // It has said its close frame already, and waits for the client's.
            ctx.close();
        } else {
            refusals.count(refusal);
            ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.TRY_AGAIN_LATER, reason))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    private void release() {
        cancel();
        budget.giveBack(takenBytes);
        takenBytes = 0;
    }
}
