package panelperf.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Json;
import panelperf.time.Ticker;

/**
 * Puts a server's frames together: header, metadata, content, then two frames for each buffer, which are read past
 * (bokeh/protocol/message.py). One socket's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel that does not close is closed by its server.
final class Telling extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int TEXTS = 3;

    private final Ticker ticker;
    private final Consumer<Arrival> inbox;
    private int frames;
    private @Nullable JsonNode header;
    private @Nullable JsonNode content;

    Telling(Ticker ticker, Consumer<Arrival> inbox) {
        this.ticker = ticker;
        this.inbox = inbox;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws JsonProcessingException {
        if (frame instanceof CloseWebSocketFrame) {
            inbox.accept(new Arrival.Closed("the server closed the websocket", ticker.nanos()));
            return;
        }
        frames++;
        if (frames == 1 && frame instanceof TextWebSocketFrame text) {
            header = Json.read(text.text());
        } else if (frames == TEXTS && frame instanceof TextWebSocketFrame text) {
            content = Json.read(text.text());
        }
        JsonNode head = header;
        JsonNode said = content;
        if (head != null
                && said != null
                && frames == TEXTS + 2 * head.path("num_buffers").asInt(0)) {
            Optional<String> reqid = Optional.ofNullable(head.path("reqid").textValue());
            inbox.accept(new Arrival.Told(head.path("msgtype").asText(), reqid, said, ticker.nanos()));
            frames = 0;
            header = null;
            content = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            inbox.accept(new Arrival.Upgraded(ticker.nanos()));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        inbox.accept(new Arrival.Closed("a frame could not be read: " + cause.getMessage(), ticker.nanos()));
        ctx.close();
    }
}
