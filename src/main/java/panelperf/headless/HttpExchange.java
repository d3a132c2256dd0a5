package panelperf.headless;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.htmlunit.BrowserVersion;
import org.htmlunit.util.NameValuePair;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.visit.Cause;

/** One request and what came of it. Of its connection's thread, but for the result. */
final class HttpExchange {
    private static final int MOST_UNPACKED = 64 << 20;
    private static final int FIRST_SIZE = 16 << 10;
    /** What scripts of the page are told, too. */
    static final String USER_AGENT = BrowserVersion.CHROME.getUserAgent();

    private static final byte[] NOTHING = {};

    final URI url;
    final CompletableFuture<Fetched> result = new CompletableFuture<>();
    private final Map<String, String> headers;
    private final boolean keep;
    private final LongPredicate received;
    private final Ticker ticker;

    private @Nullable Channel channel;
    private @Nullable HttpResponse response;
    private long firstByteNanos;
    private byte[] body = NOTHING;
    private int length;

    HttpExchange(URI url, Map<String, String> headers, boolean keep, LongPredicate received, Ticker ticker) {
        this.url = url;
        this.headers = headers;
        this.keep = keep;
        this.received = received;
        this.ticker = ticker;
    }

    /** Asks for it on a connection. */
    void sendOn(Channel connection) {
        channel = connection;
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                target(url),
                Unpooled.EMPTY_BUFFER,
                DefaultHttpHeadersFactory.headersFactory().withValidation(false),
                DefaultHttpHeadersFactory.trailersFactory());
        request.headers().set(HttpHeaderNames.HOST, url.getRawAuthority());
        request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
        request.headers().set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        headers.forEach(request.headers()::set);
        var unused = connection.writeAndFlush(request, connection.voidPromise());
    }

    /** The path and query of a request line. */
    static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    boolean connected() {
        return channel != null;
    }

    /** Whether nothing of an answer has come. */
    boolean unanswered() {
        return response == null;
    }

    void began(HttpResponse answer) {
        firstByteNanos = ticker.nanos();
        response = answer;
        long announced = HttpUtil.getContentLength(answer, -1L);
        // What is announced is not believed beyond reason: a page of a gigabyte ends by its bytes, not by its promise.
        if (keep && announced > 0 && announced <= MOST_UNPACKED) {
            body = new byte[(int) announced];
        }
    }

    /** Counts a piece, and keeps it where it is wanted. False when no more may come. */
    boolean take(ByteBuf piece) {
        int bytes = piece.readableBytes();
        if (bytes == 0) {
            return true;
        }
        if (!received.test(bytes)) {
            abandon(new NetworkFailure.BoundReached(Cause.TOO_LARGE, "more bytes than a visit may receive"));
            return false;
        }
        if (keep) {
            if (body.length - length < bytes) {
                body = Arrays.copyOf(body, Math.max(FIRST_SIZE, Math.max(length + bytes, 2 * body.length)));
            }
            piece.readBytes(body, length, bytes);
            length += bytes;
        }
        return true;
    }

    /** The answer is whole. */
    void ended() {
        HttpResponse answer = response;
        if (answer == null) {
            return;
        }
        long lastByteNanos = ticker.nanos();
        HttpHeaders came = answer.headers();
        List<NameValuePair> pairs = new ArrayList<>(came.size());
        came.iteratorAsString()
                .forEachRemaining(header -> pairs.add(new NameValuePair(header.getKey(), header.getValue())));
        byte[] whole = body.length == length ? body : Arrays.copyOf(body, length);
        try {
            boolean packed = length > 0 && "gzip".equalsIgnoreCase(came.get(HttpHeaderNames.CONTENT_ENCODING));
            result.complete(new Fetched(
                    answer.status().code(), pairs, packed ? unpacked(whole) : whole, firstByteNanos, lastByteNanos));
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] whole = in.readNBytes(MOST_UNPACKED + 1);
            if (whole.length > MOST_UNPACKED) {
                throw new NetworkFailure.BoundReached(
                        Cause.TOO_LARGE, "a body that unpacks to more than a visit may hold");
            }
            return whole;
        } catch (EOFException | ZipException e) {
            throw new NetworkFailure.BoundReached(Cause.TRUNCATED, "a body that cannot be unpacked: " + e.getMessage());
        }
    }

    /** The connection was closed before the answer was whole. */
    void cut() {
        abandon(
                unanswered()
                        ? new IOException("the connection was closed before an answer came")
                        : new NetworkFailure.BoundReached(
                                Cause.TRUNCATED, "the connection was closed before the whole answer had come"));
    }

    /** Ends it without an answer, and its connection with it. */
    void abandon(Throwable failure) {
        result.completeExceptionally(failure);
        if (channel != null) {
            var unused = channel.close();
        }
    }
}
