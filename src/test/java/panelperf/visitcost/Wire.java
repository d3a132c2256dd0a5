package panelperf.visitcost;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client for HTTP and websockets that is compared: as little as a page's life needs of it, and by its own best means. */
public interface Wire extends AutoCloseable {
    /** What one visit has of it. */
    Visit visit();

    @Override
    void close();

    /** One visit, with connections of its own where the client can have that. */
    interface Visit extends AutoCloseable {
        /**
         * Fetches a file.
         *
         * @param keep whether the body is wanted; else it is received, and not copied where the client can do that
         */
        CompletableFuture<byte[]> fetch(URI url, boolean keep);

        /** Opens a websocket with Bokeh's subprotocol and a token. */
        void open(URI url, String origin, String token, Ear ear);

        /** Gives the visit's connections back. */
        @Override
        void close();
    }

    /** Hears of a websocket, one event after the other. */
    interface Ear {
        void opened(Socket socket);

        void text(String text);

        void failed(Throwable problem);
    }

    /** An open websocket. */
    interface Socket {
        /** Sends some texts, in their order. */
        void send(List<String> texts);

        /** Says goodbye. */
        void close();
    }
}
