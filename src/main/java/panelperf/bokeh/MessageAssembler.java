package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a client's frames together: header, metadata and content as texts, then a text and a binary frame for each buffer
 * (bokeh/protocol/receiver.py). Buffers are read past: no app here takes them.
 *
 * <p>One socket's; not safe for more than one thread.
 */
public final class MessageAssembler {
    /** What a client may send (bokeh/protocol/messages). */
    private static final Set<String> REQUESTS = Set.of("PULL-DOC-REQ", "PUSH-DOC", "PATCH-DOC", "SERVER-INFO-REQ");

    private static final Set<String> ANSWERS = Set.of("ACK", "OK", "ERROR", "PULL-DOC-REPLY", "SERVER-INFO-REPLY");
    /** More than any page needs, and little enough to count to. */
    private static final int MOST_BUFFERS = 10_000;
    /** A header holds two names and a number; this keeps what is remembered, and repeated as reqid, small. */
    private static final int LONGEST_HEADER = 8_192;

    private static final String UNPARSED = "server failed to parse a message";

    private enum Part {
        HEADER,
        METADATA,
        CONTENT,
        BUFFER_HEADER,
        BUFFER_PAYLOAD
    }

    private Part awaited = Part.HEADER;
    private @Nullable JsonNode header;
    private @Nullable Message message;
    private int buffersLeft;

    /**
     * Takes a text frame.
     *
     * @return the message that it completes, empty when more is to come
     * @throws ProtocolError when it does not fit; the socket is to be closed, and this is of no further use
     */
    public Optional<Message> text(String frame) throws ProtocolError {
        switch (awaited) {
            case HEADER -> {
                header = header(frame);
                awaited = Part.METADATA;
            }
            case METADATA -> {
                parse(frame, "metadata could not be decoded");
                awaited = Part.CONTENT;
            }
            case CONTENT -> {
                message = message(parse(frame, "content could not be decoded"));
                return buffersLeft > 0 ? await(Part.BUFFER_HEADER) : complete();
            }
            case BUFFER_HEADER -> {
                checkBufferHeader(frame);
                awaited = Part.BUFFER_PAYLOAD;
            }
            case BUFFER_PAYLOAD -> throw unexpected("binary", "text");
        }
        return Optional.empty();
    }

    /** Takes a binary frame; see {@link #text}. */
    public Optional<Message> binary() throws ProtocolError {
        if (awaited != Part.BUFFER_PAYLOAD) {
            throw unexpected("text", "binary");
        }
        buffersLeft--;
        return buffersLeft > 0 ? await(Part.BUFFER_HEADER) : complete();
    }

    private Optional<Message> await(Part next) {
        awaited = next;
        return Optional.empty();
    }

    private Optional<Message> complete() {
        Optional<Message> complete = Optional.ofNullable(message);
        message = null;
        awaited = Part.HEADER;
        return complete;
    }

    private JsonNode header(String frame) throws ProtocolError {
        if (frame.length() > LONGEST_HEADER) {
            throw new ProtocolError(ProtocolError.INTERNAL, UNPARSED);
        }
        JsonNode node;
        try {
            node = Json.readWarily(frame);
        } catch (JsonProcessingException e) {
            throw new ProtocolError(ProtocolError.INTERNAL, UNPARSED);
        }
        if (!node.path("msgtype").isTextual()) {
            throw new ProtocolError(ProtocolError.PROTOCOL, "No 'msgtype' in header");
        }
        JsonNode announced = node.path("num_buffers");
        int buffers = announced.isMissingNode() ? 0 : announced.isInt() ? announced.intValue() : -1;
        if (buffers < 0 || buffers > MOST_BUFFERS) {
            throw new ProtocolError(ProtocolError.INTERNAL, UNPARSED);
        }
        buffersLeft = buffers;
        return node;
    }

    private Message message(JsonNode content) throws ProtocolError {
        JsonNode head = Objects.requireNonNull(header, "a content follows a header");
        String type = head.path("msgtype").asText();
        if (ANSWERS.contains(type)) {
            throw new ProtocolError(
                    ProtocolError.INTERNAL,
                    "Message '" + type + "' content: " + shortened(content) + " not expected on server");
        }
        if (!REQUESTS.contains(type)) {
            throw new ProtocolError(ProtocolError.INTERNAL, UNPARSED);
        }
        if (!head.path("msgid").isTextual()) {
            throw new ProtocolError(ProtocolError.INTERNAL, "server failed to handle a message");
        }
        return new Message(head.path("msgid").asText(), type, null, content);
    }

    /** A close frame's reason has room for 123 bytes. */
    private static String shortened(JsonNode content) {
        if (content.isContainerNode() && !content.isEmpty()) {
            return "{...}";
        }
        String text = Json.text(content);
        return text.length() <= 40 && text.chars().allMatch(c -> c < 128) ? text : "{...}";
    }

    private static JsonNode parse(String frame, String problem) throws ProtocolError {
        try {
            return Json.readWarily(frame);
        } catch (JsonProcessingException e) {
            throw new ProtocolError(ProtocolError.PROTOCOL, problem);
        }
    }

    private static void checkBufferHeader(String frame) throws ProtocolError {
        JsonNode node = parse(frame, "Malformed buffer header");
        Iterator<String> names = node.fieldNames();
        if (!names.hasNext() || !names.next().equals("id") || names.hasNext()) {
            throw new ProtocolError(ProtocolError.PROTOCOL, "Malformed buffer header");
        }
    }

    private ProtocolError unexpected(String expected, String received) {
        return new ProtocolError(
                ProtocolError.PROTOCOL,
                "expected " + expected + " fragment but received " + received + " fragment for _" + awaited);
    }
}
