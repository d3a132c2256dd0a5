package panelperf.target;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Document;
import panelperf.bokeh.Message;
import panelperf.bokeh.Model;
import panelperf.session.SessionKey;

/** What the server holds of one session beside its state: its document and its sockets. The document loop's. */
final class ServedSession {
    /** A page has one, and a few tabs may share a session; each gets every patch. */
    static final int MOST_SOCKETS = 64;

    private final SessionKey key;
    private final boolean signed;
    private final Set<PageSocket> sockets = new LinkedHashSet<>();
    private final AtomicInteger places = new AtomicInteger(MOST_SOCKETS);
    private final Map<Integer, Optional<List<Model>>> rendered = new HashMap<>();
    private App.@Nullable Made made;
    private @Nullable Page page;

    /**
     * A session without a document.
     *
     * @param signed whether its tokens are signed; see the door plate for who may join it
     */
    ServedSession(SessionKey key, boolean signed) {
        this.key = key;
        this.signed = signed;
    }

    SessionKey key() {
        return key;
    }

    boolean signed() {
        return signed;
    }

    /** Takes a place for one more socket; false when there is none left. Any thread. */
    boolean takePlace() {
        if (places.getAndDecrement() > 0) {
            return true;
        }
        places.getAndIncrement();
        return false;
    }

    /** Gives a socket's place back. Any thread. */
    void leavePlace() {
        places.getAndIncrement();
    }

    /** The sockets that get its patches, in the order in which they opened. */
    Set<PageSocket> sockets() {
        return sockets;
    }

    void made(App.Made document) {
        made = document;
        page = new Page(document.document().title(), document.document().rootIds());
    }

    /** Its page; safe on every thread once the session is admitted. */
    Page page() {
        return existing(page);
    }

    Document document() {
        return made().document();
    }

    /** What clients may change of the document. */
    List<App.Editable> editables() {
        return made().editables();
    }

    /** How long each deferred part takes by itself, in their order. */
    List<Duration> delays() {
        return made().deferred().stream().map(App.Deferred::delay).toList();
    }

    App.Deferred deferred(int part) {
        return made().deferred().get(part);
    }

    private App.Made made() {
        return existing(made);
    }

    private <T> T existing(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(
                    "session " + key.id() + ": expected a document, found none; wait until it is admitted");
        }
        return part;
    }

    /** Keeps what a deferred function made until it is sent; empty when the function threw. */
    void rendered(int part, Optional<List<Model>> content) {
        rendered.put(part, content);
    }

    /** What a deferred function made, to be sent now. */
    Optional<List<Model>> takeRendered(int part) {
        Optional<List<Model>> content = rendered.remove(part);
        return content == null ? Optional.empty() : content;
    }

    /** Sends to all sockets; more than one is rare. */
    void broadcast(Message message) {
        broadcast(message, socket -> true);
    }

    /** Sends to those sockets. */
    void broadcast(Message message, Predicate<PageSocket> to) {
        sockets.stream().filter(to).forEach(socket -> socket.send(message));
    }
}
