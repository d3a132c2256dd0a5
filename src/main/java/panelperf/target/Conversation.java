package panelperf.target;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import panelperf.bokeh.Changes;
import panelperf.bokeh.ClientPatch;
import panelperf.bokeh.Json;
import panelperf.bokeh.Message;

/** What the server says, and what it answers to each message (bokeh/server/protocol_handler.py). The document loop's. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

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

    /**
     * The answer to a client's message, one of the four that {@link panelperf.bokeh.MessageAssembler} lets through. What the
     * message changes is done and told to the session's sockets before, as Bokeh's server does it.
     */
    Answer answer(Message message, ServedSession session, PageSocket from) {
        return switch (message.msgtype()) {
            case "PULL-DOC-REQ" ->
                new Answer(
                        message.reply(
                                nextId(), "PULL-DOC-REPLY", session.document().pulled()),
                        false);
            case "SERVER-INFO-REQ" -> new Answer(message.serverInfo(nextId()), false);
            case "PATCH-DOC" -> patched(message, session, from);
            default ->
                new Answer(
                        message.error(
                                nextId(),
                                message.msgtype() + " is not taken here: the document is the server's; send PATCH-DOC"),
                        false);
        };
    }

    private Answer patched(Message message, ServedSession session, PageSocket from) {
        try {
            ClientPatch patch = ClientPatch.read(message.content(), session.document());
            for (ClientEdits.Edit edit : ClientEdits.of(patch, session.editables(), session.document())
                    .edits()) {
                take(edit, session, from);
            }
            return new Answer(message.reply(nextId(), "OK", Json.object()), patch.documentReady());
        } catch (ClientPatch.Refused e) {
            return new Answer(message.error(nextId(), e.text()), false);
        }
    }

    /** The change itself goes to all but its sender, what the app makes of it to all. */
    private void take(ClientEdits.Edit edit, ServedSession session, PageSocket from) throws ClientPatch.Refused {
        ClientPatch.Assignment set = edit.assignment();
        session.broadcast(
                patch(session.document().set(set.modelId(), set.attribute(), set.value())), socket -> socket != from);
        boolean heard = change(session, changes -> edit.editable().heard().changed(set.value(), changes));
        if (!heard) {
            throw new ClientPatch.Refused("RuntimeError(\"the app failed over " + set.attribute() + "\")");
        }
    }

    /**
     * Lets the app change the session's document, and tells all its sockets.
     *
     * @return false when the app threw; what it had changed until then is told all the same
     */
    boolean change(ServedSession session, App.Reaction reaction) {
        Changes changes = new Changes(session.document());
        boolean well = carryOut(reaction, changes);
        if (!changes.isEmpty()) {
            session.broadcast(patch(changes.content()));
        }
        return well;
    }

    private static boolean carryOut(App.Reaction reaction, Changes changes) {
        try {
            reaction.change(changes);
            return true;
        } catch (RuntimeException e) {
            LOG.error("the app threw over a change of its document", e);
            return false;
        }
    }

    private String nextId() {
        sent++;
        return "p" + sent;
    }
}
