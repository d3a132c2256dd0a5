package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers what belongs to the admin page, to whoever may have it. Other requests pass. Any event loop. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class AdminRequests extends ChannelInboundHandlerAdapter {
    private static final Set<String> DATA = Set.of("/sessions", "/sessions.ndjson", "/metrics");
    private static final String LOGIN = "/admin/login";

    private final Admin admin;
    private final AdminAccess access;
    private final AdminFiles files = AdminFiles.ALL;
    private final Map<String, Route> routes;
    private final Set<String> paths = new TreeSet<>();

    /**
     * A handler for all connections.
     *
     * @param sessions answers {@code GET /sessions}
     */
    AdminRequests(Admin admin, AdminAccess access, Route sessions) {
        this.admin = admin;
        this.access = access;
        this.routes = new AdminRoutes(admin, files, access.secret()).all(sessions);
        routes.keySet().forEach(name -> paths.add(name.substring(name.indexOf(' ') + 1)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request)
                || request.decoderResult().isFailure()
                || !isOurs(Router.path(request))) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            String path = Router.path(request);
            Optional<FullHttpResponse> refusal = refusal(ctx, request, path);
            if (refusal.isPresent()) {
                ctx.writeAndFlush(AdminHeaders.on(refusal.get()));
            } else if (path.equals(AdminUpgrade.PATH)) {
                AdminUpgrade.open(ctx, request, admin.pages());
            } else {
                answer(ctx, request, path);
            }
        } finally {
            request.release();
        }
    }

    private static boolean isOurs(String path) {
        return path.equals("/admin") || path.startsWith("/admin/") || DATA.contains(path) || AdminFiles.isFile(path);
    }

    private Optional<FullHttpResponse> refusal(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
        boolean changes = !request.method().equals(HttpMethod.GET) || path.equals(AdminUpgrade.PATH);
        AdminAccess.Answer answer = access.check(ctx.channel(), request.headers());
        if (answer == AdminAccess.Answer.FOREIGN_HOST) {
            return refuse("the admin page answers to localhost, to addresses and to this server's --host; ask by one"
                    + " of them, or name yours with --allow-origin");
        } else if (changes && !AdminAccess.isSameOrigin(request.headers())) {
            return refuse("the admin page is changed by itself only, not by pages of other sites");
        } else if (AdminFiles.isFile(path) || path.equals(LOGIN) || answer == AdminAccess.Answer.ALLOWED) {
            return Optional.empty();
        } else if (answer == AdminAccess.Answer.ELSEWHERE) {
            return refuse(path + " is for this machine only; ask from there, or start the server with --admin-secret");
        }
        return Optional.of(
                path.equals("/admin")
                        ? files.login(HttpResponseStatus.UNAUTHORIZED, "")
                        : withChallenge(Responses.text(
                                HttpResponseStatus.UNAUTHORIZED,
                                "expected the admin secret; log in at /admin, or send Authorization: Bearer\n")));
    }

    private static Optional<FullHttpResponse> refuse(String sentence) {
        return Optional.of(Responses.text(HttpResponseStatus.FORBIDDEN, sentence + "\n"));
    }

    private static FullHttpResponse withChallenge(FullHttpResponse response) {
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        return response;
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
        Route route = routes.get(request.method() + " " + path);
        if (route != null) {
            route.answer(ctx.channel(), request)
                    .addListener((Future<FullHttpResponse> made) -> ctx.writeAndFlush(
                            made.isSuccess()
                                    ? AdminHeaders.on(made.getNow())
                                    : Responses.error(HttpResponseStatus.INTERNAL_SERVER_ERROR)));
        } else if (paths.contains(path) || !request.method().equals(HttpMethod.GET)) {
            FullHttpResponse response = Responses.error(HttpResponseStatus.METHOD_NOT_ALLOWED);
            boolean changes = routes.containsKey("POST " + path);
            response.headers().set(HttpHeaderNames.ALLOW, changes ? HttpMethod.POST : HttpMethod.GET);
            ctx.writeAndFlush(response);
        } else {
            ctx.writeAndFlush(files.file(path).orElseGet(() -> Responses.error(HttpResponseStatus.NOT_FOUND)));
        }
    }
}
