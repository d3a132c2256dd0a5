package panelperf.target;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets one request of a connection through at a time, so that pipelined requests are answered in their order although
 * some answers come from other threads. What waits is what one read brought: reading stops until it is answered. Nothing
 * goes on while the client does not take its answers.
 *
 * <p>One connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class RequestQueue extends ChannelDuplexHandler {
    /** No browser pipelines at all; one read of tiny requests could bring thousands. */
    static final int MOST_WAITING = 256;

    /** Told to every connection when the server stops: an idle one ends at once, another with its answer. */
    enum Stop {
        NOW
    }

    private final RequestDeadline deadline;
    private final Refusals refusals;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean asksForHead;
    private boolean ending;

    RequestQueue(RequestDeadline deadline, Refusals refusals) {
        this.deadline = deadline;
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(msg);
        } else if (ending) {
            request.release();
        } else if (waiting.size() == MOST_WAITING) {
            refusals.count(Refusal.BAD_REQUEST);
            ending = true;
            request.release();
        } else if (busy) {
            waiting.add(request);
            ctx.channel().config().setAutoRead(false);
        } else {
            pass(ctx, request);
        }
    }

    private void pass(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        asksForHead = request.method().equals(HttpMethod.HEAD);
        deadline.whole();
        ctx.fireChannelRead(request);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof FullHttpResponse response)) {
            ctx.write(msg, promise);
            return;
        }
        if (asksForHead) {
            // The length is told, the body is not sent: it would be taken for the next answer.
            response.content().clear();
        }
        if (ending && waiting.isEmpty()) {
            Responses.last(response);
        }
        ctx.write(response, promise);
        // Not from within the write: a hundred answers at once would be a hundred frames deep.
        ctx.executor().execute(() -> next(ctx));
    }

    private void next(ChannelHandlerContext ctx) {
        busy = false;
        goOn(ctx);
    }

    private void goOn(ChannelHandlerContext ctx) {
        if (busy
                || ctx.isRemoved()
                || !ctx.channel().isActive()
                || !ctx.channel().isWritable()) {
            return;
        }
        FullHttpRequest request = waiting.poll();
        if (request != null) {
            pass(ctx, request);
        } else {
            deadline.answered();
            ctx.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            goOn(ctx);
        } else {
            ctx.channel().config().setAutoRead(false);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != Stop.NOW) {
            ctx.fireUserEventTriggered(event);
        } else if (busy) {
            ending = true;
            drop();
        } else {
            ctx.close();
        }
    }

    private void drop() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
        ctx.channel().config().setAutoRead(true);
    }
}
