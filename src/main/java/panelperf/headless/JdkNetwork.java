package panelperf.headless;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.LongPredicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import org.htmlunit.util.NameValuePair;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.visit.Cause;

/**
 * The wire by {@code java.net.http}. Websockets have a client of their own: on a connection that HTTP has used before,
 * the server's first message came 35 ms late, by the delayed acknowledgements of TCP.
 */
final class JdkNetwork implements Network {
    private static final int THREADS = 4;
    private static final int MOST_UNPACKED = 64 << 20;

    private final Ticker ticker;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Daemons.named("page-network"));
    private final HttpClient http;
    private final HttpClient websockets;

    JdkNetwork(Ticker ticker, @Nullable SSLContext tls) {
        this.ticker = ticker;
        this.http = client(tls);
        this.websockets = client(tls);
    }

    private HttpClient client(@Nullable SSLContext tls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
        return (tls == null ? client : client.sslContext(tls)).build();
    }

    @Override
    public CompletableFuture<Fetched> fetch(
            URI url, Map<String, String> headers, Duration timeout, boolean keepBody, LongPredicate received) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(timeout).header("Accept-Encoding", "gzip");
        headers.forEach(request::header);
        long[] firstByte = {0};
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request.build(), info -> {
            firstByte[0] = ticker.nanos();
            return new CountedBody(keepBody, received);
        });
        CompletableFuture<Fetched> result = exchange.thenApply(response -> fetched(response, firstByte[0]));
        // A cancelled result must take its connection with it, and cancelling does not go up the chain by itself.
        var unused = result.whenComplete((fetched, failure) -> {
            if (result.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return result;
    }

    private Fetched fetched(HttpResponse<byte[]> response, long firstByteNanos) {
        List<NameValuePair> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(new NameValuePair(name, value))));
        long lastByteNanos = ticker.nanos();
        boolean packed = response.body().length > 0
                && response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        byte[] body = packed ? unpacked(response.body()) : response.body();
        return new Fetched(response.statusCode(), headers, body, firstByteNanos, lastByteNanos);
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] body = in.readNBytes(MOST_UNPACKED + 1);
            if (body.length > MOST_UNPACKED) {
                throw new NetworkFailure.BoundReached(
                        Cause.TOO_LARGE, "a body that unpacks to more than a visit may hold");
            }
            return body;
        } catch (EOFException | ZipException e) {
            throw new CompletionException(new NetworkFailure.BoundReached(
                    Cause.TRUNCATED, "a body that cannot be unpacked: " + e.getMessage()));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Counts a body as it comes, and keeps it where it is wanted. */
    private static final class CountedBody implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> kept;
        private final boolean keep;
        private final LongPredicate received;
        private Flow.@Nullable Subscription subscription;

        CountedBody(boolean keep, LongPredicate received) {
            this.keep = keep;
            this.received = received;
            this.kept = keep
                    ? HttpResponse.BodySubscribers.ofByteArray()
                    : HttpResponse.BodySubscribers.replacing(new byte[0]);
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return kept.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            kept.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            long bytes = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (received.test(bytes)) {
                kept.onNext(keep ? buffers : List.of());
                return;
            }
            if (subscription != null) {
                subscription.cancel();
            }
            kept.onError(new NetworkFailure.BoundReached(Cause.TOO_LARGE, "more bytes than a visit may receive"));
        }

        @Override
        public void onError(Throwable failure) {
            kept.onError(failure);
        }

        @Override
        public void onComplete() {
            kept.onComplete();
        }
    }

    @Override
    public CompletableFuture<Network.Socket> open(
            URI url, Map<String, String> headers, String[] protocols, Duration timeout, SocketListener listener) {
        WebSocket.Builder builder = websockets.newWebSocketBuilder().connectTimeout(timeout);
        headers.forEach(builder::header);
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        JdkListener adapter = new JdkListener(listener);
        return builder.buildAsync(url, adapter).thenApply(adapter::socketOf);
    }

    /** One socket's events, which the JDK gives one after the other. */
    private static final class JdkListener implements WebSocket.Listener {
        private final SocketListener listener;
        private final StringBuilder text = new StringBuilder();
        private int binary;
        private @Nullable JdkSocket socket;

        JdkListener(SocketListener listener) {
            this.listener = listener;
        }

        synchronized JdkSocket socketOf(WebSocket websocket) {
            if (socket == null) {
                socket = new JdkSocket(websocket);
            }
            return socket;
        }

        @Override
        public void onOpen(WebSocket websocket) {
            listener.opened(socketOf(websocket));
            websocket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket websocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                listener.text(message);
            }
            websocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket websocket, ByteBuffer data, boolean last) {
            binary += data.remaining();
            listener.piece(data);
            if (last) {
                listener.binary(binary);
                binary = 0;
            }
            websocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket websocket, int code, String reason) {
            listener.closed(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket websocket, Throwable failure) {
            // 1006: closed without a goodbye (RFC 6455, 7.4.1).
            listener.closed(1006, String.valueOf(failure.getMessage()));
        }
    }

    /** Sends in order: the JDK refuses a send while another is under way. */
    private static final class JdkSocket implements Network.Socket {
        private final WebSocket websocket;
        private CompletableFuture<WebSocket> sending;

        JdkSocket(WebSocket websocket) {
            this.websocket = websocket;
            this.sending = CompletableFuture.completedFuture(websocket);
        }

        @Override
        public String protocol() {
            return websocket.getSubprotocol();
        }

        @Override
        public synchronized void send(String message) {
            sending = sending.thenCompose(ready -> ready.sendText(message, true));
        }

        @Override
        public synchronized void send(ByteBuffer bytes) {
            sending = sending.thenCompose(ready -> ready.sendBinary(bytes, true));
        }

        @Override
        public synchronized void close(int code) {
            var unused = sending.thenCompose(ready -> ready.sendClose(code, ""))
                    .whenComplete((closed, failure) -> websocket.abort());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
