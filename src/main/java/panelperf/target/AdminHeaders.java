package panelperf.target;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;

/** What every answer of the admin page says about itself to a browser. */
final class AdminHeaders {
    /**
     * Scripts and styles come from files of this server, and nothing at all from elsewhere; no inline script or style
     * runs, so that a name of a session can never be one. Charts set styles by the DOM's interface, which is allowed.
     */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private AdminHeaders() {}

    static FullHttpResponse on(FullHttpResponse response) {
        HttpHeaders headers = response.headers();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return response;
    }
}
