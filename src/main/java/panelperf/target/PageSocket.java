package panelperf.target;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.nio.charset.StandardCharsets;
import panelperf.bokeh.Message;

/** One open websocket, as the document loop sees it. Its channel may be written to by any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class PageSocket {
    private final Channel channel;
    private long pings;

    PageSocket(Channel channel) {
        this.channel = channel;
    }

    void send(Message message) {
        channel.writeAndFlush(message);
    }

    /** A ping whose payload counts, as Bokeh's does (bokeh/server/views/ws.py, {@code send_ping}). */
    void ping() {
        if (channel.isWritable()) {
            byte[] payload = Long.toString(pings++).getBytes(StandardCharsets.US_ASCII);
            channel.writeAndFlush(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        }
    }

    /** Says that the socket ends; the channel's handlers close it. */
    void end(CloseWebSocketFrame frame) {
        channel.eventLoop().execute(() -> SocketEnd.begin(channel, frame));
    }
}
