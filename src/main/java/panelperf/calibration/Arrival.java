package panelperf.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What came on a connection, and when its last byte was read; nanoseconds of the caller's ticker. */
sealed interface Arrival {
    long atNanos();

    /** What it is, within a sentence. */
    String text();

    /** An HTTP response, whole. */
    record Response(int status, String server, String body, long atNanos) implements Arrival {
        @Override
        public String text() {
            return "an answer with status " + status;
        }
    }

    /** The server has agreed to speak by frames from now on. */
    record Upgraded(long atNanos) implements Arrival {
        @Override
        public String text() {
            return "an open websocket";
        }
    }

    /**
     * A message of Bokeh's protocol, whole.
     *
     * @param reqid which request it answers; empty where it answers none
     */
    record Told(String msgtype, Optional<String> reqid, JsonNode content, long atNanos) implements Arrival {
        @Override
        public String text() {
            return "a message " + msgtype;
        }
    }

    /** No more will come. */
    record Closed(String why, long atNanos) implements Arrival {
        @Override
        public String text() {
            return why;
        }
    }
}
