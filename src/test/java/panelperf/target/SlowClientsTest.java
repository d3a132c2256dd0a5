package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.bokeh.Tokens;

/** Clients that hold what they have for as long as they are let: how long that is, on a clock moved by hand. */
final class SlowClientsTest {
    private final VirtualServer server = new VirtualServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Never-Ends: ",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n",
                "G"
            })
    void a_request_that_comes_a_byte_at_a_time_has_half_a_minute(String start) {
        VirtualConnection connection = server.connect();
        connection.send(start);
        for (int second = 1; second < RequestDeadline.LONGEST_REQUEST_SECONDS; second++) {
            server.pass(Duration.ofSeconds(1));
            connection.send("x");
        }
        assertThat(connection.isOpen()).isTrue();

        server.pass(Duration.ofSeconds(1));

        assertThat(connection.isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @Test
    void the_second_request_of_a_connection_has_as_long_as_the_first() {
        VirtualConnection connection = server.connect();
        connection.get("/metadata");
        server.pass(Duration.ofSeconds(100));
        connection.send("GET / HTTP/1.1\r\n");
        server.pass(Duration.ofSeconds(29));
        assertThat(connection.isOpen()).isTrue();

        server.pass(Duration.ofSeconds(2));

        assertThat(connection.isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @Test
    void a_connection_between_requests_ends_quietly() {
        VirtualConnection connection = server.connect();
        connection.get("/metadata");

        server.pass(Duration.ofSeconds(RequestDeadline.LONGEST_SILENCE_SECONDS));

        assertThat(connection.isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isZero();
    }

    @Test
    void a_request_that_is_being_answered_has_no_limit() {
        VirtualConnection connection = server.connect();
        connection.sendUnheard(
                Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", StandardCharsets.US_ASCII));
        connection.pass(Duration.ofMinutes(10));

        server.settle();

        assertThat(connection.text()).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_message_has_two_minutes_to_come_whole() {
        VirtualSocket socket = server.openSocket();
        socket.messages();
        socket.text("{\"msgid\":\"m1\",\"msgtype\":\"PULL-DOC-REQ\"}");
        socket.text("{}");
        server.pass(Duration.ofSeconds(MessageLimit.LONGEST_MESSAGE_SECONDS - 1));
        socket.ping("pings do not help");
        assertThat(socket.connection().isOpen()).isTrue();

        server.pass(Duration.ofSeconds(1));

        assertThat(socket.frames()).contains("<close 1013 the message did not come whole in time>");
        assertThat(socket.connection().isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @Test
    void buffers_that_are_announced_have_to_come_too() {
        VirtualSocket socket = server.openSocket();
        socket.text("{\"msgid\":\"m1\",\"msgtype\":\"PATCH-DOC\",\"num_buffers\":10000}");
        socket.text("{}");
        socket.text("{\"events\":[]}");
        for (int i = 0; i < 11; i++) {
            server.pass(Duration.ofSeconds(10));
            socket.text("{\"id\":\"" + i + "\"}");
            socket.binary(new byte[1]);
        }
        assertThat(socket.connection().isOpen()).isTrue();

        server.pass(Duration.ofSeconds(10));

        assertThat(socket.connection().isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame", "fragment"})
    void half_a_frame_and_half_a_text_have_the_same_time(String half) {
        VirtualSocket socket = server.openSocket();
        if (half.equals("frame")) {
            socket.connection().send(Unpooled.wrappedBuffer(RawFrames.head(RawFrames.TEXT, 1000), new byte[10]));
        } else {
            socket.send(new TextWebSocketFrame(false, 0, "{"));
            socket.send(new ContinuationWebSocketFrame(false, 0, "\"msgid\":"));
        }

        server.pass(Duration.ofSeconds(MessageLimit.LONGEST_MESSAGE_SECONDS));

        assertThat(socket.connection().isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @Test
    void whole_messages_start_the_time_anew_and_a_silent_socket_stays() {
        VirtualSocket socket = server.openSocket();
        for (int i = 0; i < 5; i++) {
            socket.send("PULL-DOC-REQ", "m" + i, "{}");
            server.pass(Duration.ofSeconds(100));
        }
        server.pass(Duration.ofMinutes(30));

        assertThat(socket.connection().isOpen()).isTrue();
        assertThat(server.refused(Refusal.TOO_SLOW)).isZero();
    }

    @Test
    void a_handshake_that_never_ends_is_a_request_that_never_ends() {
        VirtualConnection connection = server.connect();
        Tokens tokens = VirtualServer.TOKENS;
        String whole = VirtualConnection.upgradeRequest(
                "bokeh, " + tokens.issue("abc", VirtualServer.EPOCH_SECONDS + 300), "");
        connection.send(whole.substring(0, whole.length() - 2));

        server.pass(Duration.ofSeconds(RequestDeadline.LONGEST_REQUEST_SECONDS));

        assertThat(connection.isOpen()).isFalse();
        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }
}
