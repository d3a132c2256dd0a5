package panelperf.headless;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The server's side of one page's websocket, up to its fault. */
final class FaultyConversation {
    private static final String LOADING = "\"css_classes\":[\"pn-loading\",\"pn-arc\"],";

    private final Fault fault;
    private final ServerSideWebSocket socket;
    private final AtomicInteger stepsAnswered;
    private int messages;

    FaultyConversation(Fault fault, ServerSideWebSocket socket, AtomicInteger stepsAnswered) {
        this.fault = fault;
        this.socket = socket;
        this.stepsAnswered = stepsAnswered;
    }

    /** Speaks until the socket closes; true when the client closed it with 1000. */
    boolean run() throws IOException {
        message("ACK", "", "{}");
        if (fault == Fault.CLOSE_AFTER_ACK) {
            socket.close(1001);
            return false;
        }
        for (String header = socket.read(); header != null; header = socket.read()) {
            socket.read();
            String content = String.valueOf(socket.read());
            if (!answer(header, content)) {
                return false;
            }
        }
        return socket.closeCode() == 1000;
    }

    private boolean answer(String header, String content) throws IOException {
        String reply = ",\"reqid\":\"" + header.replaceFirst(".*\"msgid\":\"([^\"]*)\".*", "$1") + "\"";
        if (header.contains("PULL-DOC-REQ")) {
            pulled(reply);
        } else if (content.contains("\"g1\"")) {
            return step(reply, content);
        } else {
            message("OK", reply, "{}");
            if (content.contains("document_ready")) {
                return ready();
            }
        }
        return true;
    }

    private void pulled(String reply) throws IOException {
        if (fault == Fault.BAD_JSON) {
            message("PULL-DOC-REPLY", reply, "{\"doc\":");
        } else if (fault == Fault.NO_MSGTYPE) {
            socket.text("{\"msgid\":\"x\"}");
        } else if (fault == Fault.BOKEH_ERROR) {
            message("ERROR", reply, "{\"text\":\"KeyError('events')\",\"traceback\":\"\"}");
        } else {
            message(
                    "PULL-DOC-REPLY",
                    reply,
                    "{\"doc\":{\"title\":\"Faulty\",\"roots\":[" + (fault == Fault.NO_ROOTS ? "" : root())
                            + "],\"callbacks\":"
                            + "{\"type\":\"map\",\"entries\":[[\"document_ready\",[{\"type\":\"object\",\"name\":\"CustomJS\","
                            + "\"id\":\"c1\",\"attributes\":{\"code\":\"document.body.classList.remove('pn-loading', 'arc')\"}}]]]}}}");
        }
    }

    private String root() {
        return switch (fault) {
            case NO_LOADER, LOADER_COMES -> column("p1", "", html("p2", "<p>Hello, world!</p>"));
            case TRACEBACK ->
                column(
                        "p1",
                        "",
                        html(
                                "p2",
                                "<b>E</b><pre style=\\\"overflow-y: auto\\\">Traceback (most recent call last):</pre>"));
            case COLLAPSED_CARD -> column("p0", "", column("p1", LOADING, html("p2", "<pre> </pre>")) + "," + card());
            case HIDDEN_LOADER -> model("own.Frame", "p0", "\"pane\":" + column("p1", LOADING, html("p2", "")));
            case MODULE_LOADER ->
                model("panel.models.esm.ReactiveESM", "p0", "\"esm\":\"el.className = 'pn-loading'\",\"children\":[]");
            case MANY_LOADERS ->
                column(
                        "p1",
                        "",
                        IntStream.range(0, Fault.MANY)
                                .mapToObj(i -> column("m" + i, LOADING, html("h" + i, "x")))
                                .collect(Collectors.joining(",")));
            default -> column("p1", LOADING, html("p2", "<pre> </pre>"));
        };
    }

    private static String card() {
        String children = html("h1", "<b>Card</b>") + "," + column("p9", LOADING, html("p8", "<pre> </pre>"));
        return model("panel.models.layout.Card", "p7", "\"children\":[" + children + "]");
    }

    private static String column(String id, String attributes, String children) {
        return model("panel.models.layout.Column", id, attributes + "\"children\":[" + children + "]");
    }

    private static String model(String name, String id, String attributes) {
        return "{\"type\":\"object\",\"name\":\"" + name + "\",\"id\":\"" + id + "\",\"attributes\":{" + attributes
                + "}}";
    }

    private static String html(String id, String markup) {
        String escaped = markup.replace("<", "&lt;").replace(">", "&gt;");
        return "{\"type\":\"object\",\"name\":\"panel.models.markup.HTML\",\"id\":\"" + id
                + "\",\"attributes\":{\"text\":\"" + escaped + "\"}}";
    }

    /** What a server does once the page is drawn; false when the conversation is over. */
    private boolean ready() throws IOException {
        switch (fault) {
            case LOADER_STAYS, NO_LOADER -> {
                return true;
            }
            case CLOSE_AFTER_READY -> {
                socket.close(1011);
                return false;
            }
            case MANY_LOADERS ->
                patch(IntStream.range(0, Fault.MANY)
                        .mapToObj(i -> changed("m" + i, "css_classes", "[]"))
                        .collect(Collectors.joining(",")));
            case LOADER_COMES -> {
                patch(changed("p2", "css_classes", "[\"pn-loading\"]"));
                patch(changed("p2", "css_classes", "[]"));
            }
            case RENDER_FAILED -> patch(changed("p1", "css_classes", "[]"));
            default -> {
                patch(changed("p1", "children", "[" + content() + "]"));
                patch(changed("p1", "css_classes", "[]"));
            }
        }
        return true;
    }

    /** What a server does about the slider; false when the conversation is over. */
    private boolean step(String reply, String content) throws IOException {
        boolean last = content.contains("value_throttled");
        if (fault == Fault.STEP_CLOSES) {
            if (last) { // before it, the client might still be sending, and hear of a broken pipe instead
                socket.close(1011);
            }
            return !last;
        }
        if (fault == Fault.STEP_ERROR) {
            message("ERROR", reply, "{\"text\":\"ValueError('too many guests')\",\"traceback\":\"\"}");
        } else if (fault != Fault.STEP_SILENT) {
            message("OK", reply, "{}");
        }
        boolean effective = fault == Fault.STEP_ANSWERED || fault == Fault.STEP_LOADER_STAYS;
        if (effective && last) {
            patch(changed("pane", "css_classes", "[\"pn-loading\",\"pn-arc\"]"));
            patch(changed("pane", "children", "[" + html("p5", "<p>A larger table.</p>") + "]"));
            if (fault == Fault.STEP_ANSWERED) {
                patch(changed("pane", "css_classes", "[]"));
            }
            stepsAnswered.incrementAndGet();
        }
        return true;
    }

    private String content() {
        String hello = html("p3", "<p>Hello, world!</p>");
        return fault.name().startsWith("STEP_")
                ? hello
                        + ",{\"type\":\"object\",\"name\":\"Slider\",\"id\":\"g1\",\"attributes\":"
                        + "{\"title\":\"Guests\",\"start\":1,\"end\":12,\"value\":4,\"step\":1}},"
                        + column("pane", "", html("p4", "<p>A table.</p>"))
                : hello;
    }

    private static String changed(String id, String attribute, String value) {
        return "{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"" + id + "\"},\"attr\":\"" + attribute + "\",\"new\":"
                + value + "}";
    }

    private void patch(String events) throws IOException {
        message("PATCH-DOC", "", "{\"events\":[" + events + "]}");
    }

    private void message(String type, String more, String content) throws IOException {
        socket.text("{\"msgid\":\"s" + messages++ + "\",\"msgtype\":\"" + type + "\"" + more + "}");
        socket.text("{}");
        socket.text(content);
    }
}
