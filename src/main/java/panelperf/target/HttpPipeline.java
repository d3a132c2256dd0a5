package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.Map;

/** The handlers of a new connection, in their order. */
final class HttpPipeline extends ChannelInitializer<Channel> {
    private final PageServerParts parts;
    private final CommonHeaders commonHeaders;
    private final ConnectionLimit connectionLimit;
    private final RequestCheck requestCheck;
    private final MessageBudget messageBudget = new MessageBudget(MessageBudget.standardBytes());
    private final Router router;

    HttpPipeline(PageServerParts parts) {
        this.parts = parts;
        this.commonHeaders = new CommonHeaders(parts.ticker(), parts.timeline());
        this.connectionLimit =
                new ConnectionLimit(parts.knobs().maxConnections(), OpenFiles.allowed(), parts.refusals());
        this.requestCheck = new RequestCheck(parts.hosts(), parts.refusals());
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
                "/sessions",
                new SessionsRoute(parts.sessions(), parts.timeline(), parts.hosts()),
                "/refusals",
                Route.immediate(new RefusalsRoute(parts.refusals())),
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
        RequestDeadline deadline = new RequestDeadline(parts.refusals());
        pipeline.addLast(
                new StalledReader(parts.refusals()),
                deadline,
                new StrictRequestDecoder(),
                new HttpResponseEncoder(),
                commonHeaders,
                new HttpServerKeepAliveHandler(),
                new RequestBody(),
                new RequestQueue(deadline, parts.refusals()),
                connectionLimit,
                requestCheck,
                new SocketUpgrade(parts, messageBudget),
                router);
    }
}
