package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Date;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** Says on every answer who gave it, and when. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class CommonHeaders extends ChannelOutboundHandlerAdapter {
    private static final String SERVER = Version.NAME + "/" + Version.CURRENT;

    private final Ticker ticker;
    private final Timeline timeline;

    CommonHeaders(Ticker ticker, Timeline timeline) {
        this.ticker = ticker;
        this.timeline = timeline;
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Netty's formatter of HTTP dates takes it.
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response) {
            Date now = new Date((long) timeline.epochMs(ticker.nanos()));
            response.headers().set(HttpHeaderNames.SERVER, SERVER);
            response.headers().set(HttpHeaderNames.DATE, DateFormatter.format(now));
        }
        ctx.write(msg, promise);
    }
}
