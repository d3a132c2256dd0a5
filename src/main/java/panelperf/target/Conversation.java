package panelperf.target;

import com.fasterxml.jackson.databind.JsonNode;
import panelperf.bokeh.ClientPatch;
import panelperf.bokeh.Document;
import panelperf.bokeh.Json;
import panelperf.bokeh.Message;

/** What the server says, and what it answers to each message (bokeh/server/protocol_handler.py). The document loop's. */
final class Conversation {
    /**
     * What follows from a message.
     *
     * @param documentReady whether it said that the page is drawn
     */
    record Answer(Message reply, boolean documentReady) {}

    private long sent;

    /** What comes first on every socket. */
    Message greeting() {
        return Message.ack(nextId());
    }

    /** A change of the document. */
    Message patch(JsonNode content) {
        return Message.patch(nextId(), content);
    }

    /** The answer to a client's message, one of the four that {@link panelperf.bokeh.MessageAssembler} lets through. */
    Answer answer(Message message, Document document) {
        return switch (message.msgtype()) {
            case "PULL-DOC-REQ" -> new Answer(message.reply(nextId(), "PULL-DOC-REPLY", document.pulled()), false);
            case "SERVER-INFO-REQ" -> new Answer(message.serverInfo(nextId()), false);
            case "PATCH-DOC" -> patched(message, document);
            default ->
                new Answer(
                        message.error(
                                nextId(),
                                message.msgtype() + " is not taken here: the document is the server's; send PATCH-DOC"),
                        false);
        };
    }

    private Answer patched(Message message, Document document) {
        try {
            ClientPatch patch = ClientPatch.read(message.content(), document);
            return new Answer(message.reply(nextId(), "OK", Json.object()), patch.documentReady());
        } catch (ClientPatch.Refused e) {
            return new Answer(message.error(nextId(), e.text()), false);
        }
    }

    private String nextId() {
        sent++;
        return "p" + sent;
    }
}
