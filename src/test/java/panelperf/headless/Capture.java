package panelperf.headless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * One load of a page by Chromium from a real Panel server, as it was recorded: the HTML, and the server's messages. They
 * are replayed in their order, without their delays: the answers when they are asked for, the patches once the page is
 * drawn.
 */
record Capture(String html, JsonNode document, List<List<Frame>> patches) {
    /** The study's page on Panel 1.3.8. */
    static final String HELLO = "page";
    /** A dashboard with four nested loaders, one that comes late, a table and a figure, on Panel 1.3.8. */
    static final String DASHBOARD = "page-dashboard";
    /** The study's page on Panel 1.9.4. */
    static final String LATEST = "page-latest";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One websocket frame; the data of a binary one is base64. */
    record Frame(boolean text, String data) {}

    static Capture of(String page) throws IOException {
        String frames = switch (page) {
            case HELLO -> "ws-page-load.jsonl";
            case DASHBOARD -> "ws-dashboard-load.jsonl";
            default -> "ws-page-load-latest.jsonl";
        };
        JsonNode document = MAPPER.missingNode();
        List<List<Frame>> patches = new ArrayList<>();
        for (List<Frame> message : messages(read(frames))) {
            String type = MAPPER.readTree(message.get(0).data()).path("msgtype").asText();
            if (type.equals("PULL-DOC-REPLY")) {
                document = MAPPER.readTree(message.get(2).data());
            } else if (type.equals("PATCH-DOC")) {
                patches.add(message);
            }
        }
        return new Capture(read(page + ".html"), document, List.copyOf(patches));
    }

    /** The server's frames, three a message and two more for each buffer. */
    private static List<List<Frame>> messages(String lines) throws IOException {
        List<List<Frame>> messages = new ArrayList<>();
        List<Frame> message = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            JsonNode frame = MAPPER.readTree(line);
            if (!frame.path("from").asText().equals("server")) {
                continue;
            }
            message.add(new Frame(
                    frame.path("type").asText().equals("text"),
                    frame.path("data").asText()));
            int buffers =
                    MAPPER.readTree(message.get(0).data()).path("num_buffers").asInt();
            if (message.size() == 3 + 2 * buffers) {
                messages.add(message);
                message = new ArrayList<>();
            }
        }
        return messages;
    }

    /** Speaks until the client closes; true when it closed with 1000. */
    boolean replay(ServerSideWebSocket socket) throws IOException {
        answer(socket, "ACK", null, "{}");
        for (String header = socket.read(); header != null; header = socket.read()) {
            socket.read();
            String content = Objects.requireNonNullElse(socket.read(), "");
            String id = MAPPER.readTree(header).path("msgid").asText();
            if (header.contains("PULL-DOC-REQ")) {
                answer(socket, "PULL-DOC-REPLY", id, MAPPER.writeValueAsString(document));
            } else {
                answer(socket, "OK", id, "{}");
            }
            if (content.contains("document_ready")) {
                for (List<Frame> message : patches) {
                    send(socket, message);
                }
            }
        }
        return socket.closeCode() == 1000;
    }

    private static void send(ServerSideWebSocket socket, List<Frame> message) throws IOException {
        for (Frame frame : message) {
            if (frame.text()) {
                socket.text(frame.data());
            } else {
                socket.binary(Base64.getDecoder().decode(frame.data()));
            }
        }
    }

    private static void answer(
            ServerSideWebSocket socket, String type, @org.jspecify.annotations.Nullable String request, String content)
            throws IOException {
        var header = MAPPER.createObjectNode().put("msgid", "replayed").put("msgtype", type);
        if (request != null) {
            header.put("reqid", request);
        }
        socket.text(MAPPER.writeValueAsString(header));
        socket.text("{}");
        socket.text(content);
    }

    private static String read(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Capture.class.getResourceAsStream("/captures/" + name), "no capture " + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
