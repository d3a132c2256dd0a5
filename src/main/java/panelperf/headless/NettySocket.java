package panelperf.headless;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Cause;

/**
 * A websocket (RFC 6455) on a connection of its own. Events are told on the channel's thread; messages that are given from other
 * threads go out together, in their order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, which is told.
final class NettySocket extends ChannelInboundHandlerAdapter implements Network.Socket {
    private static final int MOST_FRAME_BYTES = 64 << 20;
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** Closed without a goodbye, and without a code (RFC 6455, 7.4.1). */
    private static final int ABNORMAL = 1006;

    private static final int NO_CODE = 1005;
    private static final int SWITCHING = 101;
    private static final int BAD_TEXT = 1007;
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(NettySocket::sha1);

    private final URI url;
    private final Map<String, String> headers;
    private final String[] protocols;
    private final Network.SocketListener listener;
    private final CompletableFuture<Network.Socket> result;
    private final String key;

    private volatile @Nullable Channel channel;
    private volatile String protocol = "";
    private final Queue<Object> outgoing = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushing = new AtomicBoolean();

    // Of the channel's thread.
    private @Nullable HttpResponse answer;
    private boolean opened;
    private boolean over;
    private @Nullable ByteBuf fragments;
    private boolean binary;
    private int binaryBytes;

    NettySocket(
            URI url,
            Map<String, String> headers,
            String[] protocols,
            Network.SocketListener listener,
            CompletableFuture<Network.Socket> result) {
        this.url = url;
        this.headers = headers;
        this.protocols = protocols;
        this.listener = listener;
        this.result = result;
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    void added(Channel to) {
        channel = to;
        to.pipeline().addLast(this);
    }

    void shakeHands() {
        Channel on = channel;
        if (on == null) {
            return;
        }
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, HttpExchange.target(url), Unpooled.EMPTY_BUFFER);
        HttpHeaders sent = request.headers();
        sent.set(HttpHeaderNames.HOST, url.getRawAuthority())
                .set(HttpHeaderNames.USER_AGENT, HttpExchange.USER_AGENT)
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        if (protocols.length > 0) {
            sent.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(", ", protocols));
        }
        headers.forEach(sent::set);
        on.writeAndFlush(request);
    }

    /** Ends without a goodbye. */
    void cut() {
        Channel on = channel;
        if (on != null) {
            on.close();
        }
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public void send(String text) {
        outgoing.add(text);
    }

    @Override
    public void send(ByteBuffer bytes) {
        outgoing.add(bytes);
    }

    @Override
    public void close(int code) {
        outgoing.add(code);
        flush();
    }

    @Override
    public void flush() {
        Channel on = channel;
        if (on != null && flushing.compareAndSet(false, true)) {
            try {
                on.eventLoop().execute(this::write);
            } catch (RejectedExecutionException e) {
                outgoing.clear(); // the browser was closed, and the channel with it
            }
        }
    }

    private void write() {
        flushing.set(false);
        Channel on = channel;
        if (on == null) {
            return;
        }
        for (Object next = outgoing.poll(); next != null && !over; next = outgoing.poll()) {
            if (next instanceof Integer code) {
                over = true;
                on.write(new CloseWebSocketFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
            } else if (next instanceof ByteBuffer bytes) {
                on.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)), on.voidPromise());
            } else {
                on.write(new TextWebSocketFrame(String.valueOf(next)), on.voidPromise());
            }
        }
        on.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof WebSocketFrame frame) {
                if (!over) {
                    frame(ctx, frame);
                }
            } else if (message instanceof HttpObject part
                    && part.decoderResult().isFailure()) {
                refused(ctx, "the upgrade was answered by what is no HTTP");
            } else if (message instanceof HttpResponse response) {
                answer = response;
            }
            if (!opened && !result.isDone()) {
                consider(ctx, message instanceof LastHttpContent);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void consider(ChannelHandlerContext ctx, boolean whole) {
        HttpResponse known = answer;
        boolean interim = known != null
                && known.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && known.status().code() != SWITCHING;
        if (interim && whole) {
            answer = null; // only says that another one comes
        } else if (!interim && (whole || (known != null && known.status().code() != SWITCHING))) {
            answered(ctx); // a refusal's body may never end
        }
    }

    private void answered(ChannelHandlerContext ctx) {
        HttpResponse response = answer;
        if (response == null) {
            refused(ctx, "the upgrade was not answered");
        } else if (response.status().code() != SWITCHING) {
            refused(
                    ctx,
                    "the upgrade was answered with status " + response.status().code());
        } else if (!accepted().equals(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            refused(ctx, "the upgrade was answered for another key");
        } else {
            opened = true;
            protocol = String.valueOf(response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, ""));
            becomeWebSocket(ctx);
            listener.opened(this);
            result.complete(this);
        }
    }

    private String accepted() {
        byte[] digest = SHA1.get().digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    private void refused(ChannelHandlerContext ctx, String why) {
        result.completeExceptionally(new NetworkFailure.BoundReached(Cause.WS_REFUSED, why));
        ctx.close();
    }

    /** From here on what the HTTP decoder still holds, and all that comes, are frames. */
    private static void becomeWebSocket(ChannelHandlerContext ctx) {
        HttpClientCodec codec = ctx.pipeline().get(HttpClientCodec.class);
        codec.removeOutboundHandler();
        ctx.pipeline()
                .addBefore(
                        ctx.name(),
                        null,
                        new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                                .maxFramePayloadLength(MOST_FRAME_BYTES)
                                .allowExtensions(false)
                                .expectMaskedFrames(false)
                                .build()))
                .addBefore(ctx.name(), null, new WebSocket13FrameEncoder(true));
        // Not now: the decoder is in the midst of what it read.
        ctx.executor().execute(() -> {
            if (ctx.pipeline().get(HttpClientCodec.class) != null) {
                ctx.pipeline().remove(HttpClientCodec.class);
            }
        });
    }

    private void frame(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            binary = false;
            text(ctx, frame);
        } else if (frame instanceof BinaryWebSocketFrame) {
            binary = true;
            binary(frame);
        } else if (frame instanceof ContinuationWebSocketFrame) {
            if (binary) {
                binary(frame);
            } else {
                text(ctx, frame);
            }
        } else if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            over = true;
            int code = close.statusCode() < 0 ? NO_CODE : close.statusCode();
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            listener.closed(code, close.reasonText());
        }
    }

    private void text(ChannelHandlerContext ctx, WebSocketFrame frame) {
        ByteBuf content = frame.content();
        if (!frame.isFinalFragment() || fragments != null) {
            ByteBuf all = fragments == null ? ctx.alloc().heapBuffer() : fragments;
            fragments = all;
            if (all.readableBytes() + content.readableBytes() > MOST_FRAME_BYTES) {
                ended(ctx, 1009, "a text of more than " + MOST_FRAME_BYTES + " bytes");
                return;
            }
            all.writeBytes(content);
            content = all;
        }
        if (frame.isFinalFragment()) {
            String text = content.toString(StandardCharsets.UTF_8);
            boolean sound = text.indexOf('\ufffd') < 0 || isUtf8(content.nioBuffer());
            releaseFragments();
            if (sound) {
                listener.text(text);
            } else {
                ended(ctx, BAD_TEXT, "a text that is no UTF-8");
            }
        }
    }

    /** The character that stands for a bad one may also stand for itself. */
    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void binary(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        binaryBytes += content.readableBytes();
        if (content.isReadable()) {
            listener.piece(content.nioBuffer());
        }
        if (frame.isFinalFragment()) {
            int bytes = binaryBytes;
            binaryBytes = 0;
            listener.binary(bytes);
        }
    }

    private void releaseFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    /** By our own decision. */
    private void ended(ChannelHandlerContext ctx, int code, String why) {
        over = true;
        ctx.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
        listener.closed(ABNORMAL, why);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releaseFragments();
        result.completeExceptionally(new IOException("the connection was closed before the upgrade was answered"));
        if (opened && !over) {
            over = true;
            listener.closed(ABNORMAL, "the connection was closed");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        result.completeExceptionally(failure);
        if (opened && !over) {
            over = true;
            listener.closed(ABNORMAL, String.valueOf(failure.getMessage()));
        }
        ctx.close();
    }
}
