package panelperf.visitcost;

import io.gatling.http.client.HttpClient;
import io.gatling.http.client.HttpClientConfig;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.gatling.http.client.RequestBuilder;
import io.gatling.http.client.SslContextsHolder;
import io.gatling.http.client.WebSocketListener;
import io.gatling.http.client.impl.DefaultHttpClient;
import io.gatling.http.client.resolver.InetAddressNameResolver;
import io.gatling.http.client.uri.Uri;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gatling's own client: an id a visit, by which it keeps connections apart, and native transport where there is one. */
@SuppressWarnings("FutureReturnValueIgnored") // Closing.
final class GatlingWire implements Wire {
    private static final long PATIENCE_MS = 30_000;

    private final HttpClient client =
            new DefaultHttpClient(new HttpClientConfig().setUseNativeTransport(Epoll.isAvailable()));
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            2,
            new DefaultThreadFactory("gatling-wire", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final AtomicLong ids = new AtomicLong();

    private static RequestBuilder request(URI url) {
        return new RequestBuilder("", HttpMethod.GET, Uri.create(url.toString()), InetAddressNameResolver.JAVA_RESOLVER)
                .setRequestTimeout(PATIENCE_MS);
    }

    @Override
    public Visit visit() {
        long id = ids.incrementAndGet();
        EventLoop loop = loops.next();
        return new Visit() {
            @Override
            public CompletableFuture<byte[]> fetch(URI url, boolean keep) {
                Answer answer = new Answer(keep);
                loop.execute(() -> client.sendRequest(request(url).build(), id, loop, answer, noTls()));
                return answer.result;
            }

            @Override
            public void open(URI url, String origin, String token, Ear ear) {
                Request asked = request(url)
                        .addHeader("Origin", origin)
                        .setWsSubprotocol("bokeh, " + token)
                        .build();
                loop.execute(() -> client.sendRequest(asked, id, loop, new Listener(ear, loop), noTls()));
            }

            @Override
            public void close() {
                loop.execute(() -> client.flushClientIdChannels(id, loop));
            }
        };
    }

    @SuppressWarnings("NullAway") // The client's own word for "as configured".
    private static SslContextsHolder noTls() {
        return null;
    }

    /** One answer, of which the bytes are kept or not. */
    private static final class Answer implements HttpListener {
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private final @Nullable ByteArrayOutputStream kept;

        Answer(boolean keep) {
            kept = keep ? new ByteArrayOutputStream(16 << 10) : null;
        }

        @Override
        public void onFinalClientRequest(Request request) {}

        @Override
        public void onHttpResponse(HttpResponseStatus status, HttpHeaders headers) {}

        @Override
        public void onHttpResponseBodyChunk(ByteBuf chunk, boolean last) {
            try {
                if (kept != null) {
                    chunk.readBytes(kept, chunk.readableBytes());
                }
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
            if (last) {
                result.complete(kept == null ? new byte[0] : kept.toByteArray());
            }
        }

        @Override
        public void onThrowable(Throwable problem) {
            result.completeExceptionally(problem);
        }
    }

    private static final class Listener extends WebSocketListener {
        private final Ear ear;
        private final EventLoop loop;

        Listener(Ear ear, EventLoop loop) {
            this.ear = ear;
            this.loop = loop;
        }

        @Override
        public void onWebSocketOpen() {
            ear.opened(new Socket() {
                @Override
                public void send(List<String> texts) {
                    loop.execute(() -> texts.forEach(text -> sendFrame(new TextWebSocketFrame(text))));
                }

                @Override
                public void close() {
                    loop.execute(() -> sendFrame(new CloseWebSocketFrame(1000, "")));
                }
            });
        }

        @Override
        public void onHttpResponse(HttpResponseStatus status, HttpHeaders headers) {}

        @Override
        public void onTextFrame(TextWebSocketFrame frame) {
            ear.text(frame.text());
        }

        @Override
        public void onBinaryFrame(BinaryWebSocketFrame frame) {}

        @Override
        public void onPongFrame(PongWebSocketFrame frame) {}

        @Override
        public void onCloseFrame(CloseWebSocketFrame frame) {}

        @Override
        public void onThrowable(Throwable problem) {
            ear.failed(problem);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully();
    }
}
