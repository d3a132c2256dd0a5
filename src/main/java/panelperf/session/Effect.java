package panelperf.session;

/** What is to be done because of an event. The machine decides what and when; its shell carries it out, in order. */
public sealed interface Effect {
    /** Build the session's document, then tell {@link SessionMachine#initialised} or {@link SessionMachine#failed}. */
    record Initialise(SessionKey session) implements Effect {}

    /** The document is there: whoever waits for the session, page or socket, may have it. */
    record Admit(SessionKey session) implements Effect {}

    /** There are as many sessions as there may be: whoever asked for this one is refused. */
    record Refuse(String id) implements Effect {}

    /** The turn of a piece of work that the shell brought has come: do it. */
    record Proceed(Runnable work) implements Effect {}

    /**
     * Occupy a place of the render pool for that long, run the deferred function, then tell {@link
     * SessionMachine#rendered}.
     *
     * @param part which of the session's deferred functions, from 0
     * @param holdNanos how long the place is occupied before the function runs; burns no CPU
     */
    record Render(SessionKey session, int part, long holdNanos) implements Effect, RenderPool.Task {}

    /** Put what this render made into the document, and send it to the session's sockets. */
    record Send(SessionKey session, int part) implements Effect {}

    /** Tell all sessions' sockets that the server is busy, or that it is no more. */
    record ShowBusy(boolean busy) implements Effect {}

    /** Forget the session's document. Its last state comes along, for whoever keeps a history. */
    record Destroy(ServerSession session) implements Effect {}
}
