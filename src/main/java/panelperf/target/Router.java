package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request by its path. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Map<String, Route> routes;
    private final Refusals refusals;

    /**
     * A router.
     *
     * @param routes by path, for example {@code /metadata}; a path may be asked for with a slash at its end too
     */
    Router(Map<String, Route> routes, Refusals refusals) {
        this.routes = Map.copyOf(routes);
        this.refusals = refusals;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refusals.count(Refusal.BAD_REQUEST);
            ctx.writeAndFlush(Responses.last(
                    Responses.error(malformed(request.decoderResult().cause()))));
            return;
        }
        Route route = routes.get(path(request));
        if (route == null) {
            ctx.writeAndFlush(Responses.error(HttpResponseStatus.NOT_FOUND));
        } else if (!request.method().equals(HttpMethod.GET)) {
            FullHttpResponse response = Responses.error(HttpResponseStatus.METHOD_NOT_ALLOWED);
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
            ctx.writeAndFlush(response);
        } else {
            route.answer(ctx.channel(), request).addListener((Future<FullHttpResponse> answer) -> answer(ctx, answer));
        }
    }

    private static void answer(ChannelHandlerContext ctx, Future<FullHttpResponse> answer) {
        if (answer.isSuccess()) {
            ctx.writeAndFlush(answer.getNow());
        } else {
            LOG.error("a page could not be made", answer.cause());
            ctx.writeAndFlush(Responses.error(HttpResponseStatus.INTERNAL_SERVER_ERROR));
        }
    }

    /** The client has gone, or said nothing for too long; nobody is left to be told. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("a connection ended", cause);
        ctx.close();
    }

    /** The path without its query and without a slash at its end. */
    static String path(FullHttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Tornado closes the connection without a word when a header is too long; a sentence helps more. */
    private static HttpResponseStatus malformed(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        if (cause instanceof TooLongHttpContentException) {
            return HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
        }
        return cause instanceof TooLongHttpLineException
                ? HttpResponseStatus.REQUEST_URI_TOO_LONG
                : HttpResponseStatus.BAD_REQUEST;
    }
}
