package panelperf.target;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The handlers of a new connection, in their order. */
final class HttpPipeline extends ChannelInitializer<Channel> {
    private final PageServerParts parts;
    private final CommonHeaders commonHeaders;
    private final ConnectionLimit connectionLimit;
    private final RequestCheck requestCheck;
    private final MessageBudget messageBudget = new MessageBudget(MessageBudget.standardBytes());
    private final AdminRequests adminRequests;
    private final Router router;

    HttpPipeline(PageServerParts parts) {
        this.parts = parts;
        this.commonHeaders = new CommonHeaders(parts.ticker(), parts.timeline());
        this.connectionLimit =
                new ConnectionLimit(parts.knobs().limits().maxConnections(), OpenFiles.allowed(), parts.refusals());
        this.requestCheck = new RequestCheck(parts.hosts(), parts.refusals());
        this.adminRequests = new AdminRequests(
                parts.admin(), parts.adminAccess(), new SessionsRoute(parts.sessions(), parts.timeline()));
        this.router = new Router(routes(parts), parts.refusals());
    }

    private static Map<String, Route> routes(PageServerParts parts) {
        long now = (long) parts.timeline().epochMs(parts.ticker().nanos());
        PageWeight weight = PageWeight.of(parts.knobs().delivery().files());
        Map<String, Route> routes = new HashMap<>();
        routes.put("/", new PageRoute(parts, weight));
        routes.put(
                "/metadata",
                LoopRoute.of(
                        parts.sessions(), new MetadataRoute(parts.behaviour().preset(), now)));
        routes.put(
                "/ws",
                Route.immediate((channel, request) ->
                        Responses.text(HttpResponseStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".")));
        routes.put("/refusals", Route.immediate(new RefusalsRoute(parts.refusals())));
        routes.put("/favicon.ico", LoopRoute.of(parts.sessions(), StaticRoute.ICON));
        Stream.of(StaticRoute.OWN.stream(), weight.files(), parts.site().scripts().files().stream())
                .flatMap(files -> files)
                .forEach(file -> routes.put(file.path(), LoopRoute.of(parts.sessions(), file)));
        return routes;
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
                adminRequests,
                router);
    }
}
