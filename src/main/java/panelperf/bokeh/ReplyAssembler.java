package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a server's frames together, as {@link MessageAssembler} does a client's: header, metadata and content as texts, then
 * a text and a binary frame for each buffer (bokeh/protocol/receiver.py). Buffers are kept: since Bokeh 3.5 or so a pulled
 * document has its arrays in them.
 *
 * <p>One socket's; not safe for more than one thread. It bounds nothing: whoever reads counts the bytes.
 */
public final class ReplyAssembler {
    private static final int TEXTS = 3;

    private int frames;
    private int buffersLeft;
    private @Nullable JsonNode header;
    private @Nullable JsonNode content;
    private @Nullable String awaitedBuffer;
    private Map<String, byte[]> buffers = new LinkedHashMap<>();

    /**
     * What a server said.
     *
     * @param reqid the request that it answers; empty when it was unasked
     * @param buffers what the content refers to, by id
     */
    public record Reply(String msgtype, Optional<String> reqid, JsonNode content, Map<String, byte[]> buffers) {}

    /**
     * Takes a text frame.
     *
     * @return the message that it completes, empty when more is to come
     * @throws ProtocolError when it does not fit; this is of no further use then
     */
    public Optional<Reply> text(String frame) throws ProtocolError {
        if (awaitedBuffer != null) {
            throw unexpected("a buffer's bytes", "a text");
        }
        JsonNode node = parsed(frame);
        frames++;
        if (frames == 1) {
            header = node;
            buffersLeft = node.path("num_buffers").asInt(0);
            if (!node.path("msgtype").isTextual() || buffersLeft < 0) {
                throw unexpected("a header with a msgtype", "another");
            }
        } else if (frames == TEXTS) {
            content = node;
        } else if (frames > TEXTS) {
            if (!node.path("id").isTextual()) {
                throw unexpected("a buffer's id", "none");
            }
            awaitedBuffer = node.path("id").textValue();
        }
        return complete();
    }

    /** Takes a binary frame; see {@link #text}. */
    public Optional<Reply> binary(byte[] bytes) throws ProtocolError {
        String id = awaitedBuffer;
        if (id == null) {
            throw unexpected("a text", "bytes");
        }
        buffers.put(id, bytes);
        awaitedBuffer = null;
        buffersLeft--;
        return complete();
    }

    private Optional<Reply> complete() {
        JsonNode head = header;
        JsonNode said = content;
        if (head == null || said == null || buffersLeft > 0) {
            return Optional.empty();
        }
        Optional<String> reqid = Optional.ofNullable(head.path("reqid").textValue());
        Reply reply = new Reply(head.path("msgtype").asText(), reqid, said, buffers);
        frames = 0;
        header = null;
        content = null;
        buffers = new LinkedHashMap<>();
        return Optional.of(reply);
    }

    private static JsonNode parsed(String frame) throws ProtocolError {
        try {
            return Json.read(frame);
        } catch (JsonProcessingException e) {
            throw unexpected("JSON", "'" + frame.substring(0, Math.min(40, frame.length())) + "'");
        }
    }

    private static ProtocolError unexpected(String expected, String found) {
        return new ProtocolError(
                ProtocolError.PROTOCOL, "expected " + expected + " in the server's next frame, found " + found);
    }
}
