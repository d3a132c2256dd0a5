package panelperf.headless;

/** What a server may do wrong. */
enum Fault {
    NONE,
    /** Not a Panel page at all. */
    PLAIN_HTML,
    NO_HTML,
    STATUS_500,
    /** Promises more bytes than it sends, and closes. */
    HALF_PAGE,
    RESET_PAGE,
    /** Takes the request and never answers. */
    SILENT_PAGE,
    REDIRECTS,
    ENDLESS_BODY,
    /** A script that the page needs never comes. */
    SILENT_SCRIPT,
    /** A style sheet of the head never comes: a browser paints nothing. */
    SILENT_STYLE,
    SCRIPT_LOOP,
    MICROTASK_LOOP,
    SLOW_REGEX,
    /** A page that loads itself again at once. */
    REFRESH,
    WEBSOCKET_403,
    /** The websocket opens and nothing ever comes. */
    SILENT_WEBSOCKET,
    CLOSE_AFTER_ACK,
    CLOSE_AFTER_READY,
    BAD_JSON,
    NO_MSGTYPE,
    BOKEH_ERROR,
    LOADER_STAYS,
    /** The loader's classes go, its content never came. */
    RENDER_FAILED,
    /** Nothing is deferred, so there is no loader. */
    NO_LOADER,
    /** No fault: a slider is answered; then the loader of its pane comes, other content, and the loader goes. */
    STEP_ANSWERED,
    /** The slider's move is never answered. */
    STEP_SILENT,
    STEP_ERROR,
    STEP_CLOSES,
    STEP_LOADER_STAYS,
    /** The slider's move is answered and has no effect. */
    STEP_IN_VAIN,
    /** A loader comes to content that was there, and goes. */
    LOADER_COMES,
    /** A collapsed card holds a loader that stays; a browser's page does not have it. */
    COLLAPSED_CARD,
    /** Not a fault: a job of 1.6 s comes before the document begins. */
    LONG_JOB,
    /** Not a fault: compressed as a browser allows it. */
    GZIP,
    HALF_GZIP,
    /** What the engine cannot judge. */
    LOGIN_FORM,
    FRAME,
    TWO_DOCUMENTS,
    REDIRECT_AWAY,
    HIDDEN_LOADER,
    MODULE_LOADER,
    /** The app raised while its page was made. */
    NO_ROOTS,
    TRACEBACK,
    MANY_LOADERS;

    /** How many loaders {@link #MANY_LOADERS} has. */
    static final int MANY = 10_000;
}
