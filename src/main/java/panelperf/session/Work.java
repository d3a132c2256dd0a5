package panelperf.session;

/** What occupies the document loop, one thing at a time, as in Tornado. */
public enum Work {
    /** Building a session's document. */
    INITIALISE,
    /** Keeping what is logged of it for an admin page: a part of {@link #INITIALISE}. */
    LOG,
    /** Answering for a file that the page names. */
    FILE,
    /** Letting a socket join its session. */
    CONNECT,
    /** Answering a client that asks for the whole document. */
    PULL,
    /** Answering a client's other messages. */
    ANSWER,
    /** Putting what a deferred render made into the document, and sending it. */
    SEND,
    /** Handling, on a thread of the pool, what a browser has told of itself. */
    EVENTS,
    /** Telling every session that the server is busy, or is no more. */
    BUSY,
    /** Showing that to one who has the page open: a part of {@link #BUSY}. */
    SHOW,
    /** Hearing that a socket closed. */
    DISCONNECT,
    /** Looking for unused sessions. */
    CHECK,
    /** Ending a session. */
    DESTROY,
    /** Collecting the garbage that ended sessions left, where that is put off. */
    COLLECT,
    /** Telling the admin pages that are open. */
    ADMIN
}
