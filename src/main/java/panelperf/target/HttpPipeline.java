package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The handlers of a new connection, in their order. */
final class HttpPipeline extends ChannelInitializer<Channel> {
    /** For a request line and for all headers, each, as Tornado's. */
    static final int LARGEST_HEADERS = 65_536;

    private static final int LARGEST_BODY = 65_536;
    /** A connection that says nothing for so long gives its place back. */
    private static final long LONGEST_SILENCE_SECONDS = 120;

    private final PageServerParts parts;
    private final CommonHeaders commonHeaders;
    private final ConnectionLimit connectionLimit;
    private final AdminRequests adminRequests;
    private final Router router;

    HttpPipeline(PageServerParts parts) {
        this.parts = parts;
        this.commonHeaders = new CommonHeaders(parts.ticker(), parts.timeline());
        this.connectionLimit = new ConnectionLimit(parts.knobs().maxConnections(), parts.refusals());
        this.adminRequests = new AdminRequests(
                parts.admin(), parts.adminAccess(), new SessionsRoute(parts.sessions(), parts.timeline()));
        this.router = new Router(routes(parts), parts.refusals());
    }

    private static Map<String, Route> routes(PageServerParts parts) {
        long now = (long) parts.timeline().epochMs(parts.ticker().nanos());
        return Map.of(
                "/",
                new PageRoute(parts),
                "/metadata",
                Route.immediate(new MetadataRoute(now)),
                "/ws",
                Route.immediate((channel, request) ->
                        Responses.text(HttpResponseStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".")),
                StaticRoute.SCRIPT.path(),
                Route.immediate(StaticRoute.SCRIPT),
                StaticRoute.STYLE.path(),
                Route.immediate(StaticRoute.STYLE),
                StaticRoute.ICON.path(),
                Route.immediate(StaticRoute.ICON),
                "/favicon.ico",
                Route.immediate(StaticRoute.ICON));
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
                new ReadTimeoutHandler(LONGEST_SILENCE_SECONDS, TimeUnit.SECONDS),
                new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(LARGEST_HEADERS)
                        .setMaxHeaderSize(LARGEST_HEADERS)),
                commonHeaders,
                new HttpServerKeepAliveHandler(),
                new HttpObjectAggregator(LARGEST_BODY),
                new RequestQueue(),
                connectionLimit,
                new SocketUpgrade(parts),
                adminRequests,
                router);
    }
}
