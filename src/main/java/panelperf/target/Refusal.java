package panelperf.target;

/** Why a connection, request or socket was refused; each is counted. */
public enum Refusal {
    /** More connections than there may be. */
    TOO_MANY_CONNECTIONS("more connections than may be open"),
    /** More sessions than there may be. */
    TOO_MANY_SESSIONS("more sessions than may live"),
    /** A request that is no HTTP, or too long. */
    BAD_REQUEST("a malformed or overlong request"),
    /** A request for a host that is not this machine. */
    UNKNOWN_HOST("a request for another host"),
    /** A websocket from a page of another site. */
    CROSS_ORIGIN("a websocket of another origin"),
    /** A websocket without Bokeh's subprotocol and a good token. */
    BAD_TOKEN("a websocket without a good token"),
    /** Frames that are no Bokeh messages. */
    BAD_MESSAGE("a websocket whose frames are no Bokeh messages"),
    /** A message over 20 MiB, or frames that are no websocket frames. */
    BAD_FRAME("a websocket with a malformed or overlong frame"),
    /** More sockets of one session than there may be. */
    TOO_MANY_SOCKETS("more sockets of one session than may be open"),
    /** More bytes of unfinished messages than all sockets together may hold. */
    TOO_MANY_BYTES("a websocket message for which there was no room"),
    /** A request or a message that did not come whole in time, or answers that were not taken. */
    TOO_SLOW("a client that was too slow");

    private final String what;

    Refusal(String what) {
        this.what = what;
    }

    /** For a log line. */
    String what() {
        return what;
    }
}
