package panelperf.target;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import panelperf.bokeh.PageScript;

/** A file that never changes while the server runs. */
final class StaticRoute implements Route.Immediate {
    static final StaticRoute SCRIPT = new StaticRoute("page.js", "application/javascript", PageScript.source());
    static final StaticRoute STYLE = new StaticRoute("page.css", "text/css", Resource.text("page.css"));
    static final StaticRoute ICON = new StaticRoute("icon.svg", "image/svg+xml", Resource.text("icon.svg"));

    /** What every page names, beside its scripts. */
    static final List<StaticRoute> OWN = List.of(STYLE, ICON);

    private static final String OURS = "/static/panelperf/";
    private static final int VERSION_LENGTH = 16;

    private final String path;
    private final String type;
    private final byte[] body;
    private final String hash;

    private StaticRoute(String name, String type, String text) {
        this(OURS, name, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A file.
     *
     * @param folder begins and ends with a slash
     * @param type of a text in UTF-8
     */
    StaticRoute(String folder, String name, String type, byte[] content) {
        this.path = folder + name;
        this.type = type + "; charset=utf-8";
        this.body = content.clone();
        this.hash = Hashes.sha1(body);
    }

    /** A file of that many bytes, which says nothing. */
    static StaticRoute filler(String name, String type, int bytes) {
        String begin = "/* This file stands for one of Panel's, and is only as large as that. ";
        String end = "*/";
        return new StaticRoute(name, type, begin + "x".repeat(bytes - begin.length() - end.length()) + end);
    }

    String path() {
        return path;
    }

    /** Relative to the page; changes with the content, so that what it names may be kept for ever. */
    String url() {
        return path().substring(1) + "?v=" + hash.substring(0, VERSION_LENGTH);
    }

    @Override
    public FullHttpResponse answer(Channel channel, FullHttpRequest request) {
        String etag = "\"" + hash + "\"";
        boolean known = request.headers().containsValue(HttpHeaderNames.IF_NONE_MATCH, etag, false);
        FullHttpResponse response = known
                ? Responses.of(HttpResponseStatus.NOT_MODIFIED, type, new byte[0])
                : Responses.of(HttpResponseStatus.OK, type, body);
        if (known) {
            // A length would be that of the file, which is not sent.
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.ETAG, etag);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                HttpHeaderNames.CACHE_CONTROL,
                request.uri().contains("?v=") ? "public, max-age=31536000, immutable" : "no-cache");
        return response;
    }
}
