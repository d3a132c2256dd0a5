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
