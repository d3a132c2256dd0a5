package panelperf.target;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's connection to a {@link VirtualServer}, in bytes as they would be on the wire. */
final class VirtualConnection {
    private static final Pattern RESPONSE =
            Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r]*\r\n(.*?)\r\n\r\n(.*)", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final VirtualServer server;
    private final EmbeddedChannel channel;
    private final StringBuilder received = new StringBuilder();

    VirtualConnection(VirtualServer server, HttpPipeline pipeline, String peer) {
        this.server = server;
        this.channel = new PeerChannel(peer, pipeline);
    }

    /** What came back for a request. Header names are in lower case. */
    record Response(int status, Map<String, String> headers, String body) {
        /** The token in a page. */
        String token() {
            Matcher matcher = TOKEN.matcher(body);
            if (!matcher.find()) {
                throw new AssertionError("expected a page with a token, found " + status + " " + body);
            }
            return matcher.group(1);
        }
    }

    Response get(String path) {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost:5555\r\n\r\n");
    }

    /** Sends the bytes of one request and returns its answer. */
    Response ask(String request) {
        send(request);
        return one(text());
    }

    /** Sends bytes, and leaves the answer for {@link #text}. */
    void send(String bytes) {
        send(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
    }

    void send(ByteBuf bytes) {
        sendUnheard(bytes);
        server.settle();
    }

    /** Sends bytes, but the document loop does not run. */
    void sendUnheard(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    /** Whether the server would read more from it. */
    boolean isReadFrom() {
        return channel.config().isAutoRead();
    }

    /** What has come since the last look, a character a byte. */
    String text() {
        for (ByteBuf part = read(); part != null; part = read()) {
            received.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        String text = received.toString();
        received.setLength(0);
        return text;
    }

    /** The next bytes to the client; null when there are none. */
    @Nullable
    ByteBuf read() {
        return channel.readOutbound();
    }

    /** All the answers in a text. */
    static List<Response> all(String text) {
        List<Response> all = new ArrayList<>();
        for (String part : text.split("(?=HTTP/1\\.1 )", -1)) {
            all.add(one(part));
        }
        return all;
    }

    private static Response one(String text) {
        Matcher matcher = RESPONSE.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError("expected one HTTP answer, found: " + text);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : matcher.group(2).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(matcher.group(1)), headers, matcher.group(3));
    }

    /** Opens a websocket with this token. */
    VirtualSocket upgrade(String token) {
        return upgrade(token, "");
    }

    /** The same with more headers, each with its line end. */
    VirtualSocket upgrade(String token, String moreHeaders) {
        return new VirtualSocket(this, ask(upgradeRequest("bokeh, " + token, moreHeaders)));
    }

    static String upgradeRequest(String subprotocols, String moreHeaders) {
        return "GET /ws HTTP/1.1\r\nHost: localhost:5555\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (subprotocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocols + "\r\n")
                + moreHeaders + "\r\n";
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void runTasks() {
        channel.runPendingTasks();
        channel.runScheduledPendingTasks();
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void close() {
        channel.finishAndReleaseAll();
        server.settle();
        server.forget(this);
    }

    /** A channel that knows where its client is. */
    private static final class PeerChannel extends EmbeddedChannel {
        private final SocketAddress peer;

        PeerChannel(String host, ChannelHandler... handlers) {
            super(handlers);
            peer = new InetSocketAddress(host, 40_000);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return peer;
        }
    }
}
