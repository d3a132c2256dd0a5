package panelperf.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import panelperf.bokeh.Json;

/** Whole HTTP answers. */
final class Responses {
    private Responses() {}

    static FullHttpResponse of(HttpResponseStatus status, String type, byte[] body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        HttpUtil.setContentLength(response, body.length);
        return response;
    }

    static FullHttpResponse text(HttpResponseStatus status, String sentence) {
        return of(status, "text/plain; charset=utf-8", sentence.getBytes(StandardCharsets.UTF_8));
    }

    static FullHttpResponse json(JsonNode value) {
        FullHttpResponse response =
                of(HttpResponseStatus.OK, "application/json", Json.text(value).getBytes(StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        response.headers().set("X-Content-Type-Options", "nosniff");
        return response;
    }

    /** An error page in the words of Tornado (tornado/web.py, {@code write_error}). */
    static FullHttpResponse error(HttpResponseStatus status) {
        String words = status.code() + ": " + status.reasonPhrase();
        String html = "<html><title>" + words + "</title><body>" + words + "</body></html>";
        return of(status, "text/html; charset=UTF-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer for when there is no room. */
    static FullHttpResponse busy(String sentence) {
        return text(HttpResponseStatus.SERVICE_UNAVAILABLE, sentence + "\n");
    }

    /** The same, and the connection ends after it: its bytes cannot be trusted any more, or there is no room for it. */
    static FullHttpResponse last(FullHttpResponse response) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
