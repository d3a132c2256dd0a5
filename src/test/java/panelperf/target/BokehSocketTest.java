package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import panelperf.bokeh.Model;
import panelperf.session.Knobs;
import panelperf.session.Spread;

/** What a websocket hears, from its greeting to its end. */
final class BokehSocketTest {
    private static final String READY = VirtualSocket.DOCUMENT_READY;

    private VirtualServer server = new VirtualServer();
    private VirtualSocket socket = server.openSocket();

    @BeforeEach
    void greeted() {
        assertThat(socket.messages()).hasSize(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_document_comes_with_its_spinner() {
        socket.send("PULL-DOC-REQ", "m1", "{}");

        VirtualSocket.Received reply = only(socket.messages());
        assertThat(reply.type()).isEqualTo("PULL-DOC-REPLY");
        assertThat(reply.header().path("reqid").asText()).isEqualTo("m1");
        assertThat(reply.content().at("/doc/roots/0/attributes/css_classes").toString())
                .isEqualTo("[\"pn-loading\",\"pn-arc\"]");
    }

    @Test
    void a_drawn_page_gets_its_content_and_then_loses_its_spinner() {
        socket.send("PATCH-DOC", "m1", READY);
        assertThat(only(socket.messages()).type()).isEqualTo("OK");
        assertThat(server.waitingRenders()).isEqualTo(1);

        server.render();

        List<VirtualSocket.Received> patches = socket.messages();
        assertThat(patches).extracting(VirtualSocket.Received::type).containsExactly("PATCH-DOC", "PATCH-DOC");
        assertThat(patches.get(0)
                        .content()
                        .at("/events/0/new/0/attributes/text")
                        .asText())
                .isEqualTo("<p>Hello, world!</p>");
        assertThat(patches.get(1).content().at("/events/0/attr").asText()).isEqualTo("css_classes");
        assertThat(server.connect().get("/sessions").body()).contains("\"state\":\"rendered\"");
    }

    @Test
    void both_sockets_of_a_session_get_the_content_and_a_later_one_pulls_it() {
        String token = server.connect().get("/").token();
        VirtualSocket first = server.connect().upgrade(token);
        VirtualSocket second = server.connect().upgrade(token);
        first.messages();
        second.messages();

        first.send("PATCH-DOC", "m1", READY);
        second.send("PATCH-DOC", "m1", READY);
        assertThat(server.waitingRenders()).as("rendered once").isEqualTo(1);
        server.render();

        assertThat(first.messages()).hasSize(3);
        assertThat(second.messages()).hasSize(3);
        VirtualSocket late = server.connect().upgrade(token);
        late.messages();
        late.send("PULL-DOC-REQ", "m1", "{}");
        JsonNode root = only(late.messages()).content().at("/doc/roots/0/attributes");
        assertThat(root.at("/children/0/attributes/text").asText()).isEqualTo("<p>Hello, world!</p>");
        assertThat(root.path("css_classes")).isEmpty();
    }

    @Test
    void a_deferred_function_that_throws_leaves_its_place_empty_and_takes_its_spinner_away() {
        use(models -> {
            Model loader = models.loader();
            return new App.Made(models.document("throws", loader)).later(loader, Duration.ZERO, () -> {
                throw new IllegalStateException("no data");
            });
        });

        socket.send("PATCH-DOC", "m1", READY);
        server.render();

        List<VirtualSocket.Received> messages = socket.messages();
        assertThat(messages).extracting(VirtualSocket.Received::type).containsExactly("OK", "PATCH-DOC");
        assertThat(messages.get(1).content().at("/events/0/attr").asText()).isEqualTo("css_classes");
    }

    @Test
    void a_render_that_takes_time_holds_its_place_so_long() {
        server.close();
        server =
                new VirtualServer(new HelloApp(), Knobs.standard().with(new Knobs.Rendering(Spread.parse("250ms"), 1)));
        socket = server.openSocket();

        socket.send("PATCH-DOC", "m1", READY);
        server.pass(Duration.ofMillis(249));
        assertThat(server.waitingRenders()).isZero();

        server.pass(Duration.ofMillis(1));
        assertThat(server.waitingRenders()).isEqualTo(1);
    }

    @Test
    void the_server_tells_its_version() {
        socket.send("SERVER-INFO-REQ", "m1", "{}");

        assertThat(only(socket.messages()).content().at("/version_info/bokeh").asText())
                .isEqualTo("3.3.4");
    }

    @Test
    void what_cannot_be_applied_is_answered_and_the_socket_stays_open() {
        socket.send("PATCH-DOC", "m1", "{}");
        socket.send("PATCH-DOC", "m2", "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"p9\"}}]}");
        socket.send("PUSH-DOC", "m3", "{\"doc\":{}}");

        List<VirtualSocket.Received> answers = socket.messages();
        assertThat(answers).extracting(VirtualSocket.Received::type).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(answers.get(2).content().path("text").asText())
                .isEqualTo("PUSH-DOC is not taken here: the document is the server's; send PATCH-DOC");
        assertThat(socket.connection().isOpen()).isTrue();
    }

    @Test
    void frames_that_are_no_message_end_the_socket_with_bokehs_code() {
        socket.text("no JSON");

        assertThat(socket.frames()).containsExactly("<close 10000 server failed to parse a message>");
        assertThat(server.refused(Refusal.BAD_MESSAGE)).isEqualTo(1);
        assertEnded();
    }

    @Test
    void a_binary_frame_where_none_is_due_ends_the_socket() {
        socket.binary(new byte[] {1, 2, 3});

        assertThat(socket.frames())
                .containsExactly("<close 10001 expected text fragment but received binary fragment for _HEADER>");
        assertEnded();
    }

    @Test
    void a_text_that_is_no_utf_8_ends_the_socket() {
        socket.send(new TextWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {(byte) 0xc3, 0x28})));

        assertThat(only(socket.frames())).startsWith("<close 1007");
        assertThat(server.refused(Refusal.BAD_FRAME)).isEqualTo(1);
        assertEnded();
    }

    @Test
    void a_message_over_20_mebibytes_ends_the_socket() {
        byte[] half = new byte[SocketUpgrade.LARGEST_MESSAGE / 2 + 1];
        socket.send(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(half)));
        socket.send(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(half)));

        assertThat(socket.frames()).containsExactly("<close 1009 message too big>");
        assertEnded();
    }

    @Test
    void fragments_are_one_message() {
        socket.send(new TextWebSocketFrame(false, 0, "{\"msgid\":\"m1\","));
        socket.send(new ContinuationWebSocketFrame(true, 0, "\"msgtype\":\"PULL-DOC-REQ\"}"));
        socket.text("{}");
        socket.text("{}");

        assertThat(only(socket.messages()).type()).isEqualTo("PULL-DOC-REPLY");
    }

    @Test
    void an_unmasked_frame_ends_the_socket() {
        socket.connection().send(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 1, '{'}));

        assertThat(only(socket.frames())).startsWith("<close 1002");
        assertThat(server.refused(Refusal.BAD_FRAME)).isEqualTo(1);
    }

    @Test
    void pings_are_answered_and_sent() {
        socket.ping("hi");
        assertThat(socket.frames()).containsExactly("<pong hi>");

        server.pass(Duration.ofSeconds(37));
        assertThat(socket.frames()).containsExactly("<ping 0>");
        server.pass(Duration.ofSeconds(37));
        assertThat(socket.frames()).containsExactly("<ping 1>");
    }

    @Test
    void a_client_is_not_read_from_while_sixteen_of_its_messages_wait() {
        for (int i = 0; i < BokehSocket.MOST_PENDING; i++) {
            assertThat(socket.connection().isReadFrom()).as("after %d", i).isTrue();
            socket.sendUnheard("PULL-DOC-REQ", "m" + i, "{}");
        }
        assertThat(socket.connection().isReadFrom()).isFalse();

        server.settle();

        assertThat(socket.connection().isReadFrom()).isTrue();
        assertThat(socket.messages()).hasSize(BokehSocket.MOST_PENDING);
    }

    @Test
    void a_close_is_answered_and_the_session_waits_for_its_end() {
        socket.close(1000);

        assertThat(socket.frames()).containsExactly("<close 1000 >");
        assertThat(socket.connection().isOpen()).isFalse();
        assertThat(server.connect().get("/sessions").body()).contains("\"state\":\"closed\"");
        server.pass(Duration.ofSeconds(34));
        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }

    @Test
    void a_session_with_a_socket_does_not_expire() {
        server.pass(Duration.ofMinutes(10));

        assertThat(server.connect().get("/sessions").body()).contains("\"state\":\"connected\"");
    }

    @Test
    void content_for_a_socket_that_has_gone_is_dropped() {
        socket.send("PATCH-DOC", "m1", READY);
        socket.connection().close();
        server.render();

        assertThat(server.connect().get("/sessions").body()).contains("\"renderedMs\":1795459000000.000");
    }

    @Test
    void content_for_a_session_that_has_ended_is_dropped() {
        socket.send("PATCH-DOC", "m1", READY);
        socket.connection().close();
        server.pass(Duration.ofSeconds(40));
        server.render();

        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }

    @Test
    void a_client_that_does_not_close_is_closed() {
        socket.text("no JSON");

        server.pass(Duration.ofSeconds(3));

        assertThat(socket.connection().isOpen()).isFalse();
    }

    /** It says its close frame, reads past what still comes, and goes when the client closes too. */
    private void assertEnded() {
        socket.text("still talking");
        assertThat(socket.frames()).isEmpty();
        assertThat(socket.connection().isOpen()).isTrue();
        socket.close(1000);
        assertThat(socket.connection().isOpen()).isFalse();
    }

    private void use(App app) {
        server.close();
        server = new VirtualServer(app, Knobs.standard());
        socket = server.openSocket();
        socket.messages();
    }

    private static <T> T only(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
