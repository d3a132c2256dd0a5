package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/** Refuses requests that are HTTP, but not HTTP/1 of one host that is ours. Any event loop. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class RequestCheck extends ChannelInboundHandlerAdapter {
    private final Hosts hosts;
    private final Refusals refusals;

    RequestCheck(Hosts hosts, Refusals refusals) {
        this.hosts = hosts;
        this.refusals = refusals;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        Optional<FullHttpResponse> refused = msg instanceof FullHttpRequest request
                        && request.decoderResult().isSuccess()
                ? refuse(request)
                : Optional.empty();
        if (refused.isPresent() && msg instanceof FullHttpRequest request) {
            request.release();
            ctx.writeAndFlush(Responses.last(refused.get()));
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private Optional<FullHttpResponse> refuse(FullHttpRequest request) {
        HttpVersion version = request.protocolVersion();
        List<String> named = request.headers().getAll(HttpHeaderNames.HOST);
        if (version.majorVersion() != 1) {
            return bad("expected HTTP/1.0 or HTTP/1.1, found " + version.majorVersion() + "." + version.minorVersion());
        }
        if (named.size() > 1 || (named.isEmpty() && version.minorVersion() > 0)) {
            return bad("expected one header Host, found " + named.size() + "; send one");
        }
        if (named.stream().allMatch(hosts::serve)) {
            return Optional.empty();
        }
        refusals.count(Refusal.UNKNOWN_HOST);
        return Optional.of(Responses.text(
                HttpResponseStatus.FORBIDDEN,
                "expected a Host that is this machine's, found another; ask for localhost or an address, or name the"
                        + " host with --allow-origin\n"));
    }

    private Optional<FullHttpResponse> bad(String sentence) {
        refusals.count(Refusal.BAD_REQUEST);
        return Optional.of(Responses.text(HttpResponseStatus.BAD_REQUEST, sentence + "\n"));
    }
}
