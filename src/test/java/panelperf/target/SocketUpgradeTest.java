package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.session.Knobs;

/** Who gets a websocket, and how the others are refused: as Bokeh 3.3.4 does it, or safer. */
final class SocketUpgradeTest {
    private static final long LATER = VirtualServer.EPOCH_SECONDS + 300;

    private VirtualServer server = new VirtualServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_pages_token_opens_a_socket_that_is_greeted() {
        VirtualSocket socket = server.openSocket();

        assertThat(socket.handshake().status()).isEqualTo(101);
        assertThat(socket.handshake().headers()).containsEntry("Sec-WebSocket-Protocol", "bokeh");
        assertThat(socket.handshake().headers()).containsEntry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(socket.messages()).extracting(VirtualSocket.Received::type).containsExactly("ACK");
    }

    @Test
    void compression_is_not_taken_up() {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
        VirtualSocket socket =
                server.connect().upgrade(server.connect().get("/").token(), offer);

        assertThat(socket.handshake().headers()).doesNotContainKey("Sec-WebSocket-Extensions");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5555, 101",
        "http://LOCALHOST:5555, 101",
        "http://127.0.0.1:5555, 403",
        "http://localhost, 403",
        "http://evil.example, 403",
        "null, 403",
        "not a URL, 403"
    })
    void pages_of_other_origins_are_refused(String origin, int status) {
        String token = server.connect().get("/").token();
        VirtualSocket socket = server.connect().upgrade(token, "Origin: " + origin + "\r\n");

        assertThat(socket.handshake().status()).isEqualTo(status);
        assertThat(server.refused(Refusal.CROSS_ORIGIN)).isEqualTo(status == 403 ? 1 : 0);
    }

    /** 101, and then a close frame without a word: a browser shows it as 1005. */
    @ParameterizedTest
    @ValueSource(strings = {"", "bokeh", "bokeh, no-token", "bokeh, a, b", "other, {token}"})
    void a_socket_without_the_subprotocol_and_a_good_token_is_closed_without_a_word(String subprotocols) {
        VirtualConnection connection = server.connect();
        String offered = subprotocols.replace("{token}", VirtualServer.TOKENS.issue("abc", LATER));

        VirtualSocket socket =
                new VirtualSocket(connection, connection.ask(VirtualConnection.upgradeRequest(offered, "")));

        assertThat(socket.handshake().status()).isEqualTo(101);
        assertThat(socket.frames()).containsExactly("<close -1 >");
        assertThat(server.refused(Refusal.BAD_TOKEN)).isEqualTo(1);
        socket.close(1000);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void an_expired_token_opens_nothing() {
        VirtualSocket socket =
                server.connect().upgrade(VirtualServer.TOKENS.issue("abc", VirtualServer.EPOCH_SECONDS - 1));

        assertThat(socket.frames()).containsExactly("<close -1 >");
    }

    @Test
    void an_unknown_session_is_made_by_its_socket() {
        VirtualSocket socket = server.connect().upgrade(VirtualServer.TOKENS.issue("made-by-hand", LATER));

        assertThat(socket.messages()).extracting(VirtualSocket.Received::type).containsExactly("ACK");
        assertThat(server.connect().get("/sessions").body()).contains("made-by-hand");
    }

    @Test
    void a_pages_session_is_not_joined_with_an_unsigned_token() {
        String token = server.connect().get("/").token();
        String unsigned = token.substring(0, token.indexOf('.'));

        assertThat(server.connect().upgrade(unsigned).frames()).containsExactly("<close -1 >");
        assertThat(server.connect().upgrade(unsigned("own")).messages()).hasSize(1);
    }

    @Test
    void a_session_may_have_two_sockets() {
        String token = server.connect().get("/").token();

        assertThat(server.connect().upgrade(token).messages()).hasSize(1);
        assertThat(server.connect().upgrade(token).messages()).hasSize(1);
        assertThat(server.connect().get("/sessions").body()).contains("\"connections\":2");
    }

    @Test
    void a_socket_for_one_session_too_many_is_answered_503() {
        server.close();
        server = new VirtualServer(
                new HelloApp(),
                Knobs.standard().with(new Knobs.Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 1, 100)));
        server.connect().get("/");

        VirtualSocket socket = server.connect().upgrade(VirtualServer.TOKENS.issue("abc", LATER));

        assertThat(socket.handshake().status()).isEqualTo(503);
        assertThat(server.refused(Refusal.TOO_MANY_SESSIONS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X: y, 400"
    })
    void a_handshake_that_lacks_something_is_told_what(String line, String instead, int status) {
        String request = VirtualConnection.upgradeRequest("bokeh, x", "").replace(line, instead);

        assertThat(server.connect().ask(request).status()).isEqualTo(status);
    }

    @Test
    void a_client_that_goes_in_mid_handshake_leaves_nothing_behind() {
        VirtualConnection connection = server.connect();
        connection.send(VirtualConnection.upgradeRequest("bokeh, " + VirtualServer.TOKENS.issue("abc", LATER), ""));

        connection.close();

        assertThat(server.connect().get("/sessions").body()).contains("\"connections\":0");
    }

    private static String unsigned(String id) {
        String json = "{\"session_id\":\"" + id + "\",\"session_expiry\":" + LATER + "}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
