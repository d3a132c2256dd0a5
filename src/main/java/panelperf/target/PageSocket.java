package panelperf.target;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import panelperf.bokeh.Message;
import panelperf.session.Work;

/** One open websocket, as the document loop sees it. Its channel may be written to by any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class PageSocket {
    /** More than the longest message, so that one of them always fits. */
    static final long MOST_UNSENT_BYTES = 32L * 1024 * 1024;

    /**
     * What a client has sent.
     *
     * @param work what it is to the document loop
     * @param answer the work itself
     */
    record Received(Work work, Runnable answer) {}

    private final Channel channel;
    private final Refusals refusals;
    private final Deque<Received> inbox = new ArrayDeque<>();
    private long pings;

    PageSocket(Channel channel, Refusals refusals) {
        this.channel = channel;
        this.refusals = refusals;
    }

    /** What its client has sent and is not answered, oldest first. The document loop's. */
    Deque<Received> inbox() {
        return inbox;
    }

    /** Sends, unless the client has left so much unread that more of it would only fill this server's memory. */
    void send(Message message) {
        if (channel.bytesBeforeWritable() <= MOST_UNSENT_BYTES) {
            channel.writeAndFlush(message);
        } else if (channel.isOpen()) {
            refusals.count(Refusal.TOO_SLOW);
            channel.close();
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
