package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of the protocol (bokeh/protocol/message.py).
 *
 * @param msgid the sender's name for it; unique on its socket
 * @param msgtype for example {@code PULL-DOC-REQ}
 * @param reqid in a reply, the {@code msgid} of the request; null otherwise
 * @param content what it says
 */
public record Message(
        String msgid, String msgtype, @Nullable String reqid, JsonNode content) {
    private static final String NO_METADATA = "{}";

    /** What the server says unasked as soon as a socket is open. */
    public static Message ack(String msgid) {
        return new Message(msgid, "ACK", null, Json.object());
    }

    /** A change of the document, from the server. */
    public static Message patch(String msgid, JsonNode content) {
        return new Message(msgid, "PATCH-DOC", null, content);
    }

    /** A reply to this message. */
    public Message reply(String replyId, String replyType, JsonNode replyContent) {
        return new Message(replyId, replyType, msgid, replyContent);
    }

    /** The reply that this message was refused. Bokeh adds its traceback, which holds paths of the server's files. */
    public Message error(String replyId, String text) {
        return reply(replyId, "ERROR", Json.object().put("text", text).put("traceback", ""));
    }

    /** The reply to {@code SERVER-INFO-REQ}. */
    public Message serverInfo(String replyId) {
        ObjectNode content = Json.object();
        content.putObject("version_info").put("bokeh", Document.VERSION).put("server", Document.VERSION);
        return reply(replyId, "SERVER-INFO-REPLY", content);
    }

    /**
     * The three text frames in which it travels: header, metadata, content. Our messages have no buffers: arrays travel
     * in the content.
     */
    public List<String> frames() {
        ObjectNode header = Json.object().put("msgid", msgid).put("msgtype", msgtype);
        if (reqid != null) {
            header.put("reqid", reqid);
        }
        return List.of(Json.text(header), NO_METADATA, Json.text(content));
    }
}
