package panelperf.visitcost;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import panelperf.visitcost.RecordedPage.Frame;

/** What a server says of a recorded page again: each time with a session of its own, each answer with the id of what it answers. */
public final class Replay {
    private static final Pattern MESSAGE_ID = Pattern.compile("\"msgid\":\\s*\"([^\"]*)\"");
    private static final Pattern SESSION = Pattern.compile("\"session_id\":\\s*\"([^\"]+)\"");
    /** A frame that names what it answers is a header, and short. */
    private static final int LONGEST_HEADER = 500;

    private final RecordedPage recorded;
    private final AtomicLong sessions = new AtomicLong();

    public Replay(RecordedPage recorded) {
        this.recorded = recorded;
    }

    /** The recorded token with another session's id, of the same length. */
    public String token() {
        String old = recorded.token();
        int dot = old.indexOf('.');
        String payload = new String(
                Base64.getUrlDecoder().decode(dot < 0 ? old : old.substring(0, dot)), StandardCharsets.UTF_8);
        Matcher id = SESSION.matcher(payload);
        if (!id.find()) {
            return old;
        }
        String width = "%0" + id.group(1).length() + "d";
        String own = String.format(Locale.ROOT, width, sessions.incrementAndGet());
        byte[] changed = new StringBuilder(payload)
                .replace(id.start(1), id.end(1), own)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed) + (dot < 0 ? "" : old.substring(dot));
    }

    /** The server's side of one websocket, which understands as much as the answers need. */
    public Conversation conversation() {
        return new Conversation();
    }

    /** Hears a page's texts, three to a message. Not thread-safe. */
    public final class Conversation {
        private int part;
        private String id = "";
        private boolean pull;

        private Conversation() {}

        /** What is said to the next text of the page. */
        public Answer hear(String text) {
            part = part % 3 + 1;
            if (part == 1) {
                Matcher found = MESSAGE_ID.matcher(text);
                id = found.find() ? found.group(1) : "";
                pull = text.contains("PULL-DOC-REQ");
            } else if (part == 3 && pull) {
                return new Answer(told(recorded.document(), RecordedPage.PULL_ID), List.of());
            } else if (part == 3 && text.contains("document_ready")) {
                return new Answer(acknowledged(), told(recorded.content(), RecordedPage.READY_ID));
            } else if (part == 3) {
                return new Answer(acknowledged(), List.of());
            }
            return Answer.NOTHING;
        }

        private List<Frame> acknowledged() {
            return List.of(
                    text("{\"msgid\":\"ok\",\"msgtype\":\"OK\",\"reqid\":\"" + id + "\"}"), text("{}"), text("{}"));
        }

        private List<Frame> told(List<Frame> frames, String recordedId) {
            return frames.stream()
                    .map(frame -> frame.binary() || frame.bytes().length >= LONGEST_HEADER
                            ? frame
                            : text(new String(frame.bytes(), StandardCharsets.UTF_8).replace(recordedId, id)))
                    .toList();
        }

        private static Frame text(String text) {
            return new Frame(false, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What is said to a text of the page.
     *
     * @param now frames that answer it
     * @param content to {@code document_ready}: what the deferred functions made, an answer of its own among it; else empty
     */
    public record Answer(List<Frame> now, List<Frame> content) {
        static final Answer NOTHING = new Answer(List.of(), List.of());

        /** Whether the page has said that it stands. */
        public boolean ready() {
            return !content.isEmpty();
        }
    }
}
