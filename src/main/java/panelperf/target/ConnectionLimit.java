package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers 503 on connections beyond the limit, and closes them at once where there are very many. Any event loop. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Boolean> SURPLUS = AttributeKey.valueOf(ConnectionLimit.class, "surplus");
    /** As many get a sentence; those beyond are closed without one. */
    private static final int MOST_SURPLUS = 256;

    private static final long SURPLUS_LIFE_SECONDS = 5;

    private final int limit;
    private final String advice;
    private final Refusals refusals;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * A limit.
     *
     * @param wanted how many connections may be open; fewer where the system does not let this process have so many files
     * @param files how many that is
     */
    ConnectionLimit(int wanted, long files, Refusals refusals) {
        this.limit = OpenFiles.room(wanted, files);
        this.advice = limit == wanted
                ? "raise --max-connections"
                : "let the server open more than " + files + " files (ulimit -n)";
        this.refusals = refusals;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int count = open.incrementAndGet();
        ctx.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (count > limit) {
            refusals.count(Refusal.TOO_MANY_CONNECTIONS);
            ctx.channel().attr(SURPLUS).set(true);
            if (count - MOST_SURPLUS > limit) {
                ctx.close();
            } else {
                var end = ctx.executor().schedule(() -> ctx.close(), SURPLUS_LIFE_SECONDS, TimeUnit.SECONDS);
                ctx.channel().closeFuture().addListener(closed -> end.cancel(false));
            }
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof FullHttpRequest && ctx.channel().hasAttr(SURPLUS)) {
            ReferenceCountUtil.release(msg);
            ctx.writeAndFlush(Responses.last(
                    Responses.busy(limit + " connections are open, as many as may be; try again later, or " + advice)));
        } else {
            ctx.fireChannelRead(msg);
        }
    }
}
