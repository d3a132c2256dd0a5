package panelperf.target;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Refuses a request that says its length twice, by {@code Transfer-Encoding} and {@code Content-Length}. Netty believes
 * the first, as it may; but two servers in a row that believe different ones can be made to see different requests.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** For a request line and for all headers, each, as Tornado's. */
    static final int LARGEST_HEADERS = 65_536;

    StrictRequestDecoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(LARGEST_HEADERS).setMaxHeaderSize(LARGEST_HEADERS));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("a request with both Transfer-Encoding and Content-Length");
    }
}
