package panelperf.target;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a request and its body together. One over 64 KiB goes on as a malformed request, before its body has come, so that
 * it is answered in its turn; Netty's own answer would overtake those of requests before it.
 */
final class RequestBody extends HttpObjectAggregator {
    private static final int LARGEST = 65_536;

    RequestBody() {
        super(LARGEST);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        if (oversized instanceof HttpRequest request) {
            FullHttpRequest refused =
                    new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri());
            refused.setDecoderResult(
                    DecoderResult.failure(new TooLongHttpContentException("a body over " + LARGEST + " bytes")));
            ctx.fireChannelRead(refused);
        }
    }

    /** Only what can be promised is; what else a client expects is no reason not to answer it, as in Tornado. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int largest, ChannelPipeline pipeline) {
        return HttpUtil.is100ContinueExpected(start) && !isContentLengthInvalid(start, largest)
                ? super.newContinueResponse(start, largest, pipeline)
                : null;
    }
}
