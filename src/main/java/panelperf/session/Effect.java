package panelperf.session;

/** What is to be done because of an event. The machine decides; its shell carries it out. */
public sealed interface Effect {
    /**
     * Render what the session deferred: hold a place for that long, then make the content and send it, then tell the
     * machine by {@link SessionMachine#rendered}.
     */
    record Render(String sessionId, long holdNanos) implements Effect {}

    /** Forget the session's document. */
    record Destroy(String sessionId) implements Effect {}
}
