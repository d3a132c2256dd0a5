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
    /**
     * What waits for a client that does not read. Changes by one client are told to a session's others, so that one could
     * fill the memory by way of another that reads nothing.
     */
    static final long LARGEST_BACKLOG = 16 * 1024 * 1024;

    private final Channel channel;
    private final Refusals refusals;
    private long pings;

    PageSocket(Channel channel, Refusals refusals) {
        this.channel = channel;
        this.refusals = refusals;
    }

    void send(Message message) {
        if (!channel.isActive()) {
            return;
        }
        if (channel.bytesBeforeWritable() > LARGEST_BACKLOG) {
            refusals.count(Refusal.SLOW_READER);
            channel.close();
        } else {
            channel.writeAndFlush(message);
        }
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
