package panelperf.visit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An instant of a visit. Its value is always milliseconds since the visit's intended start, before any queue. */
public enum Milestone {
    /** The first byte of the document's answer. */
    FIRST_BYTE,
    /** The last byte of the document. */
    HTML,
    /** First contentful paint as the DOM model has it: nothing is painted, see the engine's paint model. */
    FCP_MODEL,
    /** Largest contentful paint as the DOM model has it. */
    LCP_MODEL,
    /** The websocket is open. */
    WS_OPEN,
    /** The server's ACK, its first message, has come. */
    ACK,
    /** The document has been pulled. */
    PULLED,
    /** {@code document_ready} has been sent: from here on the server renders what was deferred. */
    READY,
    /** The first patch that touches a loader's model. */
    FIRST_PATCH,
    /** No loader is left in the page. */
    SPINNER_GONE;

    /** The name in journals and tables, for example {@code first_byte}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The milestone of that {@link #word()}, empty when there is none. */
    public static Optional<Milestone> ofWord(String word) {
        return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst();
    }
}
