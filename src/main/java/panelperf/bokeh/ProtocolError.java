package panelperf.bokeh;

/**
 * A message that the protocol does not allow. The socket is closed with {@link #code} and the message as its reason, as
 * Bokeh does (bokeh/server/views/ws.py): its two codes lie outside the range that RFC 6455 gives out, and are kept.
 */
public final class ProtocolError extends Exception {
    /** A message that could not be made into one, or not be handled. */
    public static final int INTERNAL = 10000;
    /** Frames that do not follow the protocol. */
    public static final int PROTOCOL = 10001;

    private final int code;

    ProtocolError(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** The websocket's close code. */
    public int code() {
        return code;
    }

    /** The close frame's reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
