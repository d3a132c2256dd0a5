package panelperf.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import panelperf.bokeh.Json;
import panelperf.target.admin.SessionJson;

/** The answers behind the admin page, by method and path. Who asks has been looked at before ({@link AdminAccess}). */
final class AdminRoutes {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Admin admin;
    private final AdminFiles files;
    private final Optional<AdminSecret> secret;

    AdminRoutes(Admin admin, AdminFiles files, Optional<AdminSecret> secret) {
        this.admin = admin;
        this.files = files;
        this.secret = secret;
    }

    /** By method and path, for example {@code GET /metrics}. */
    Map<String, Route> all(Route sessions) {
        return Map.of(
                "GET /admin",
                Route.immediate((channel, request) -> files.page()),
                "POST /admin/login",
                Route.immediate(this::login),
                "POST /admin/logout",
                Route.immediate(AdminRoutes::logout),
                "POST /admin/recording/start",
                (channel, request) -> admin.answer(channel.eventLoop(), this::startRecording),
                "POST /admin/recording/stop",
                (channel, request) -> admin.answer(channel.eventLoop(), this::stopRecording),
                "GET /admin/recording.jfr",
                (channel, request) -> admin.answer(channel.eventLoop(), this::recording),
                "GET /sessions",
                sessions,
                "GET /sessions.ndjson",
                (channel, request) -> admin.answer(channel.eventLoop(), this::sessionLines),
                "GET /metrics",
                this::metrics);
    }

    private FullHttpResponse login(Channel channel, FullHttpRequest request) {
        String body = request.content().toString(StandardCharsets.UTF_8);
        String given = new QueryStringDecoder(body, StandardCharsets.UTF_8, false)
                .parameters()
                .getOrDefault("secret", List.of(""))
                .get(0);
        if (secret.isPresent() && !secret.get().isIt(given)) {
            return files.login(HttpResponseStatus.FORBIDDEN, "That is not the secret.");
        }
        FullHttpResponse response = toPage();
        secret.ifPresent(known -> response.headers().set(HttpHeaderNames.SET_COOKIE, known.cookie()));
        return response;
    }

    private static FullHttpResponse logout(Channel channel, FullHttpRequest request) {
        FullHttpResponse response = toPage();
        response.headers().set(HttpHeaderNames.SET_COOKIE, AdminSecret.noCookie());
        return response;
    }

    private static FullHttpResponse toPage() {
        FullHttpResponse response = Responses.of(HttpResponseStatus.SEE_OTHER, "text/plain", new byte[0]);
        response.headers().set(HttpHeaderNames.LOCATION, "/admin");
        return response;
    }

    private FullHttpResponse startRecording() throws IOException {
        return recordingNow(admin.startRecording());
    }

    private FullHttpResponse stopRecording() throws IOException {
        return recordingNow(admin.recordings().stop());
    }

    private FullHttpResponse recordingNow(boolean done) {
        ObjectNode status = Json.object()
                .put("stage", admin.recordings().status().stage().name().toLowerCase(Locale.ROOT));
        FullHttpResponse response = Responses.json(status);
        if (!done) {
            response.setStatus(HttpResponseStatus.CONFLICT);
        }
        return response;
    }

    private FullHttpResponse recording() throws IOException {
        Optional<Path> file = admin.recordings().finished();
        if (file.isEmpty()) {
            return Responses.text(HttpResponseStatus.NOT_FOUND, "there is no recording; start one, and stop it\n");
        }
        try (FileChannel open = FileChannel.open(file.get())) {
            // Mapped, so that the heap holds nothing of it.
            MappedByteBuffer body = open.map(FileChannel.MapMode.READ_ONLY, 0, open.size());
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
            response.headers()
                    .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"panel-performance.jfr\"");
            HttpUtil.setContentLength(response, body.remaining());
            return response;
        }
    }

    private FullHttpResponse sessionLines() {
        StringBuilder lines = new StringBuilder();
        admin.history()
                .sessions()
                .forEach(session -> lines.append(SessionJson.line(session, admin.timeline()))
                        .append('\n'));
        return Responses.of(
                HttpResponseStatus.OK,
                "application/x-ndjson; charset=utf-8",
                lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Future<FullHttpResponse> metrics(Channel channel, FullHttpRequest request) {
        String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        String type =
                accept.contains("text/plain") && !accept.contains(OPEN_METRICS) ? PROMETHEUS_TYPE : OPEN_METRICS_TYPE;
        return admin.answer(
                channel.eventLoop(),
                () -> Responses.of(
                        HttpResponseStatus.OK, type, admin.metrics().text(type).getBytes(StandardCharsets.UTF_8)));
    }
}
