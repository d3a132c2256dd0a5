package panelperf.headless;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/**
 * The wire: the one place that knows which client library carries it, so that it can be measured against others.
 *
 * <p>Any thread may call any method; futures complete on the network's own threads, which must not be blocked.
 */
interface Network extends AutoCloseable {
    /** The same wire for one visit: with connections of its own, which its end closes. Websockets say their own goodbye. */
    Network forVisit();

    /**
     * Fetches without following redirects. A compressed body is counted as it came and kept as it was meant.
     *
     * @param keepBody whether the body is wanted, or only to be received and counted
     * @param received hears of every piece of the body as it comes; false stops the transfer with a failure
     */
    CompletableFuture<Fetched> fetch(
            URI url, Map<String, String> headers, Duration timeout, boolean keepBody, LongPredicate received);

    /**
     * Opens a websocket.
     *
     * @param headers beside those of the handshake; {@code Origin} is the page's, which Bokeh checks
     * @param protocols the subprotocols to offer, at least one
     */
    CompletableFuture<Socket> open(
            URI url, Map<String, String> headers, String[] protocols, Duration timeout, SocketListener listener);

    /** A websocket that is open. */
    interface Socket {
        /** The subprotocol that the server chose; empty for none. */
        String protocol();

        /** Sends a text after all that was given before, with the next {@link #flush}. */
        void send(String text);

        /** Sends bytes after all that was given before, with the next {@link #flush}. */
        void send(ByteBuffer bytes);

        /** What was given goes out now. */
        void flush();

        /** Says goodbye with a code and lets go. */
        void close(int code);
    }

    /** Hears of a websocket, one event after the other. */
    interface SocketListener {
        void opened(Socket socket);

        void text(String message);

        /** A binary message, of which only the size is told: its bytes came as {@link #piece}s before. */
        void binary(int bytes);

        /** Some bytes of a binary message, for whoever keeps them; theirs for the length of the call. */
        default void piece(ByteBuffer bytes) {}

        /** The last event. */
        void closed(int code, String reason);
    }

    @Override
    void close();
}
