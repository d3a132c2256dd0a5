package panelperf.visit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An instant that a real browser saw. Its value is always milliseconds since the start of the navigation. */
public enum BrowserMilestone {
    /** The first byte of the document's answer. */
    FIRST_BYTE,
    /** First contentful paint (W3C Paint Timing). */
    FCP,
    /** Largest contentful paint (W3C Largest Contentful Paint), as far as it was known when the visit ended. */
    LCP,
    /** The last script that had come before the page asked for a websocket. */
    SCRIPTS,
    /** The websocket is open. */
    WS_OPEN,
    /** The document has been pulled. */
    PULLED,
    /** {@code document_ready} has been sent. */
    READY,
    /** No loader is left in the page, those in shadow roots included. */
    SPINNER_GONE;

    /** The name in journals, for example {@code spinner_gone}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The milestone of that {@link #word()}, empty when there is none. */
    public static Optional<BrowserMilestone> ofWord(String word) {
        return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst();
    }
}
