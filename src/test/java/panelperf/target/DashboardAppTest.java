package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.session.Knobs;
import panelperf.session.Spread;

/** The dashboard's conversation: when its panes come, and what its slider does. */
final class DashboardAppTest {
    private final VirtualServer server = new VirtualServer(new DashboardApp(), Knobs.standard());
    private final String token = server.connect().get("/").token();
    private final VirtualSocket socket = server.connect().upgrade(token);
    private JsonNode document;

    @BeforeEach
    void pull() {
        document = pulled(socket);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void five_loaders_go_one_by_one_each_in_its_own_time() {
        assertThat(document.findValues("css_classes")).as("four at first").hasSize(4);
        ready();

        Map<Integer, String> told = new TreeMap<>();
        for (int ms = 0; ms <= 1300; ms += 50) {
            while (server.waitingRenders() > 0) {
                server.render();
            }
            for (JsonNode event : events(socket)) {
                if (event.path("attr").asText().equals("children")) {
                    told.merge(ms, event.at("/new/0/name").asText(), (a, b) -> a + " " + b);
                }
            }
            server.pass(Duration.ofMillis(50));
        }

        assertThat(told)
                .containsExactly(
                        Map.entry(100, "Div"),
                        Map.entry(200, "Div"),
                        Map.entry(400, "Figure"),
                        Map.entry(700, "DataTable"),
                        Map.entry(1100, "Div"));
        assertThat(loadersLeft()).isZero();
    }

    @Test
    void delays_are_added_to_the_servers_own_render_time_and_occupy_places() {
        try (VirtualServer narrow = new VirtualServer(
                new DashboardApp(), Knobs.standard().with(new Knobs.Rendering(Spread.parse("50ms"), 1)))) {
            VirtualSocket only = narrow.openSocket();
            only.send("PATCH-DOC", "m1", VirtualSocket.DOCUMENT_READY);

            narrow.pass(Duration.ofMillis(149));
            assertThat(narrow.waitingRenders()).isZero();
            narrow.pass(Duration.ofMillis(1));
            assertThat(narrow.waitingRenders()).as("the summary: 100 + 50 ms").isEqualTo(1);
            narrow.render();

            narrow.pass(Duration.ofMillis(449));
            assertThat(narrow.waitingRenders()).isZero();
            narrow.pass(Duration.ofMillis(1));
            assertThat(narrow.waitingRenders())
                    .as("then the figure: 400 + 50 ms")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_slid_value_changes_the_figure_for_all_and_is_told_to_the_others() {
        loadAll();
        VirtualSocket second = server.connect().upgrade(token);
        pulled(second);
        socket.messages();

        slide("80");

        List<VirtualSocket.Received> first = socket.messages();
        assertThat(first).extracting(VirtualSocket.Received::type).containsExactly("PATCH-DOC", "OK");
        JsonNode changes = first.get(0).content().path("events");
        assertThat(changes.findValuesAsText("kind")).containsExactly("ModelChanged", "ColumnDataChanged");
        assertThat(changes.at("/0/new").asText()).contains("80 visitors are served about <b>31.9</b>");

        List<JsonNode> others = events(second);
        assertThat(others).hasSize(3);
        assertThat(others.get(0).path("attr").asText()).isEqualTo("value");
        assertThat(others.get(0).path("new").asInt()).isEqualTo(80);
        assertThat(List.of(others.get(1), others.get(2))).containsExactlyElementsOf(changes);
    }

    @Test
    void a_later_socket_pulls_what_was_slid() {
        loadAll();
        JsonNode before = find(pulled(socket), "Figure").findValue("data");

        slide("80");

        JsonNode after = pulled(server.connect().upgrade(token));
        assertThat(find(after, "Slider").at("/attributes/value").asInt()).isEqualTo(80);
        assertThat(find(after, "Figure").findValue("data")).isNotEqualTo(before);
    }

    @Test
    void a_slider_that_moves_before_its_figure_is_there_is_caught_up_with() {
        ready();
        slide("80");
        assertThat(events(socket)).as("the words alone").hasSize(1);

        loadAll();

        assertThat(events(socket).stream().map(event -> event.path("kind").asText()))
                .contains("ColumnDataChanged");
        String caughtUp = find(pulled(socket), "Figure").findValue("data").toString();
        slide("40");
        slide("80");
        assertThat(find(pulled(socket), "Figure").findValue("data").toString()).isEqualTo(caughtUp);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "80"                                | '"80"'
            101                                 | '101'
            0                                   | '0'
            null                                | 'null'
            [40]                                | '[40]'
            {"type":"number","value":"nan"}     | '{"type":"number","value":"nan"}'
            true                                | 'true'
            """)
    void a_value_that_is_none_of_the_sliders_is_refused_and_changes_nothing(String value, String shown) {
        slide(value);

        VirtualSocket.Received answer = socket.messages().get(0);
        assertThat(answer.type()).isEqualTo("ERROR");
        assertThat(answer.content().path("text").asText())
                .startsWith("ValueError(\"failed to validate Slider(id='")
                .contains(", ...).value: expected a number from 1.0 to 100.0, got '" + shown + "'");
        assertThat(find(pulled(socket), "Slider").at("/attributes/value").asInt())
                .isEqualTo(40);
        assertThat(socket.connection().isOpen()).isTrue();
    }

    @Test
    void a_patch_with_one_bad_value_changes_nothing_at_all() {
        String slider = find(document, "Slider").path("id").asText();
        String event = "{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"%s\"},\"attr\":\"value\",\"new\":%s}";

        socket.send(
                "PATCH-DOC",
                "m1",
                "{\"events\":[" + event.formatted(slider, "60") + "," + event.formatted(slider, "600") + "]}");

        assertThat(socket.messages()).extracting(VirtualSocket.Received::type).containsExactly("ERROR");
        assertThat(find(pulled(socket), "Slider").at("/attributes/value").asInt())
                .isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({"Slider, title", "Slider, value_throttled", "Slider, end", "Div, text", "ColumnDataSource, data"})
    void what_the_app_does_not_name_is_acknowledged_and_dropped(String model, String attribute) {
        loadAll();
        String before = pulled(socket).toString();
        String id = find(pulled(socket), model).path("id").asText();

        change(id, attribute, "\"" + "x".repeat(1000) + "\"");

        assertThat(socket.messages()).extracting(VirtualSocket.Received::type).containsExactly("OK");
        assertThat(pulled(socket).toString()).isEqualTo(before);
    }

    @Test
    void a_session_that_ended_before_its_last_pane_came_needs_none() {
        ready();
        server.pass(Duration.ofMillis(250));
        while (server.waitingRenders() > 0) {
            server.render();
        }
        socket.connection().close();

        server.pass(Duration.ofSeconds(60));

        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }

    private void ready() {
        socket.send("PATCH-DOC", "ready", VirtualSocket.DOCUMENT_READY);
        socket.messages();
    }

    /** Leaves what comes after the last pane's patch to be read. */
    private void loadAll() {
        socket.send("PATCH-DOC", "ready", VirtualSocket.DOCUMENT_READY);
        for (int i = 0; i < 40; i++) {
            server.pass(Duration.ofMillis(50));
            while (server.waitingRenders() > 0) {
                server.render();
            }
        }
    }

    private long loadersLeft() {
        return pulled(socket).findValues("css_classes").stream()
                .filter(classes -> !classes.isEmpty())
                .count();
    }

    private void slide(String value) {
        change(find(document, "Slider").path("id").asText(), "value", value);
    }

    private void change(String id, String attribute, String value) {
        socket.send(
                "PATCH-DOC",
                "m1",
                "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"" + id + "\"},\"attr\":\"" + attribute
                        + "\",\"new\":" + value + "}]}");
    }

    private static JsonNode pulled(VirtualSocket socket) {
        socket.messages();
        socket.send("PULL-DOC-REQ", "pull", "{}");
        return socket.messages().get(0).content().path("doc");
    }

    /** All events of all patches since the last look. */
    private static List<JsonNode> events(VirtualSocket socket) {
        return socket.messages().stream()
                .filter(message -> message.type().equals("PATCH-DOC"))
                .flatMap(message -> message.content().path("events").valueStream())
                .toList();
    }

    /** The first model of that class. */
    private static JsonNode find(JsonNode value, String type) {
        if (value.path("name").asText().equals(type) && value.has("attributes")) {
            return value;
        }
        for (JsonNode child : value) {
            JsonNode found = find(child, type);
            if (!found.isMissingNode()) {
                return found;
            }
        }
        return MissingNode.getInstance();
    }
}
