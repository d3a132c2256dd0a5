package panelperf.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import panelperf.bokeh.Json;

/** A client's websocket to a {@link VirtualServer}: frames on this side, masked bytes on the other. */
final class VirtualSocket {
    static final String DOCUMENT_READY = "{\"events\":[{\"kind\":\"MessageSent\",\"msg_type\":\"bokeh_event\","
            + "\"msg_data\":{\"type\":\"event\",\"name\":\"document_ready\"}}]}";

    private final VirtualConnection connection;
    private final VirtualConnection.Response handshake;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(
            WebSocketDecoderConfig.newBuilder().expectMaskedFrames(false).build()));
    private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(true));

    VirtualSocket(VirtualConnection connection, VirtualConnection.Response handshake) {
        this.connection = connection;
        this.handshake = handshake;
        if (handshake.status() == 101) {
            // What follows the handshake's head are frames already.
            decoder.writeInbound(Unpooled.copiedBuffer(handshake.body(), StandardCharsets.ISO_8859_1));
        }
    }

    VirtualConnection.Response handshake() {
        return handshake;
    }

    VirtualConnection connection() {
        return connection;
    }

    /** Sends one message as three texts. */
    void send(String type, String id, String content) {
        text("{\"msgid\":\"" + id + "\",\"msgtype\":\"" + type + "\"}");
        text("{}");
        text(content);
    }

    /** The same, but the document loop does not run. */
    void sendUnheard(String type, String id, String content) {
        for (String text : List.of("{\"msgid\":\"" + id + "\",\"msgtype\":\"" + type + "\"}", "{}", content)) {
            encoder.writeOutbound(new TextWebSocketFrame(text));
        }
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            connection.sendUnheard(part);
        }
    }

    void text(String text) {
        send(new TextWebSocketFrame(text));
    }

    void binary(byte[] bytes) {
        send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    void ping(String payload) {
        send(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
    }

    void close(int code) {
        send(new CloseWebSocketFrame(code, ""));
    }

    void send(WebSocketFrame frame) {
        encoder.writeOutbound(frame);
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            connection.send(part);
        }
    }

    /** What has come since the last look, one text a frame: a text as it is, else {@code <close 1000 reason>} and the like. */
    List<String> frames() {
        for (ByteBuf part = connection.read(); part != null; part = connection.read()) {
            decoder.writeInbound(part);
        }
        List<String> frames = new ArrayList<>();
        for (WebSocketFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            frames.add(shown(frame));
            frame.release();
        }
        return frames;
    }

    private static String shown(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            return text.text();
        }
        if (frame instanceof CloseWebSocketFrame close) {
            return "<close " + close.statusCode() + " " + close.reasonText() + ">";
        }
        String payload = frame.content().toString(StandardCharsets.UTF_8);
        return frame instanceof PingWebSocketFrame
                ? "<ping " + payload + ">"
                : frame instanceof PongWebSocketFrame ? "<pong " + payload + ">" : "<binary>";
    }

    /** The messages since the last look, as {@code {header, content}}. */
    List<Received> messages() {
        List<String> frames = frames();
        List<Received> messages = new ArrayList<>();
        for (int i = 0; i + 2 < frames.size(); i += 3) {
            messages.add(new Received(json(frames.get(i)), json(frames.get(i + 2))));
        }
        return messages;
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected JSON, found: " + text, e);
        }
    }

    /** One message from the server. */
    record Received(JsonNode header, JsonNode content) {
        String type() {
            return header.path("msgtype").asText();
        }
    }
}
