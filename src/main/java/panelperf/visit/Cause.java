package panelperf.visit;

/** The words by which failed visits are counted. They are part of the journal's format: add, never rename. */
public final class Cause {
    /** Nothing listens there. */
    public static final String REFUSED = "refused";
    /** The host's name has no address. */
    public static final String UNKNOWN_HOST = "unknown_host";
    /** No connection came about in time. */
    public static final String CONNECT_TIMEOUT = "connect_timeout";
    /** The connection was cut while the server still owed an answer. */
    public static final String RESET = "reset";
    /** The answer ended before its announced length. */
    public static final String TRUNCATED = "truncated";
    /** The TLS handshake failed. */
    public static final String TLS = "tls";
    /** The answer was no HTML, or HTML that starts no Bokeh document. */
    public static final String NOT_PANEL = "not_panel";
    /** The answer was larger than a page may be. */
    public static final String TOO_LARGE = "too_large";
    /** The websocket's upgrade was refused, by status or by origin. */
    public static final String WS_REFUSED = "ws_refused";
    /** The websocket closed before the page was loaded. */
    public static final String WS_CLOSED = "ws_closed";
    /** A message that is no Bokeh message. */
    public static final String BAD_MESSAGE = "bad_message";
    /** The server answered ERROR. */
    public static final String BOKEH_ERROR = "bokeh_error";
    /** A loader went, but the empty placeholder is still its content: the deferred function raised. */
    public static final String RENDER_FAILED = "render_failed";
    /** A script of the page failed so that the document was never asked for. */
    public static final String SCRIPT_ERROR = "script_error";
    /** The app raised while its page was made: a traceback stands in the page, or a document without any root came. */
    public static final String APP_ERROR = "app_error";
    /**
     * The page has something that the engine cannot judge, named in the detail: it may have loaded in a browser, or not.
     */
    public static final String UNSUPPORTED = "unsupported";
    /**
     * Scripts of the page had to be transpiled while it waited, so its times are no browser's; the next visit finds them done.
     */
    public static final String TRANSPILED = "transpiled";
    /** The page asked for more than a visit may hold: redirects, loaders, requests. */
    public static final String TOO_MUCH = "too_much";
    /** A step names a model that the page does not show. */
    public static final String NO_SUCH_MODEL = "no_such_model";
    /** A step names a model, and several are called so. */
    public static final String AMBIGUOUS_MODEL = "ambiguous_model";
    /** A step does what its widget does not let a user do: a value that it cannot have, a click where nothing is clicked. */
    public static final String CANNOT_SET = "cannot_set";
    /** The engine itself failed: a defect of the injector, not of the server. */
    public static final String ENGINE = "engine";

    private Cause() {}

    /** The word for an answer whose status is not 2xx, for example {@code status_500}. */
    public static String status(int status) {
        return "status_" + status;
    }
}
