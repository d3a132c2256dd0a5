package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.bokeh.Json;
import panelperf.bokeh.TokenCheck;
import panelperf.bokeh.TokenPayload;
import panelperf.session.Knobs;

/** The answers of every path, and of requests that are none. */
final class HttpAnswersTest {
    private VirtualServer server = new VirtualServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_page_makes_a_session_and_carries_its_token() {
        VirtualConnection.Response page = server.connect().get("/?theme=dark");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("Content-Type", "text/html").containsKey("ETag");
        assertThat(page.body()).contains("<title>Panel Performance</title>").contains("page.js?v=");
        assertThat(VirtualServer.TOKENS.check(page.token(), VirtualServer.EPOCH_SECONDS + 300))
                .isInstanceOf(TokenCheck.Valid.class);
        assertThat(VirtualServer.TOKENS.check(page.token(), VirtualServer.EPOCH_SECONDS + 301))
                .isInstanceOf(TokenCheck.Expired.class);
        assertThat(TokenPayload.of(page.token()))
                .hasValueSatisfying(facts ->
                        assertThat(facts.at("/arguments/theme/0").asText()).isEqualTo("dark"));
        assertThat(server.connect().get("/sessions").body()).contains("\"state\":\"initialised\"");
    }

    @Test
    void every_page_has_a_session_of_its_own() {
        String first = server.connect().get("/").token();
        String second = server.connect().get("/").token();

        assertThat(first).isNotEqualTo(second);
        assertThat(server.connect().get("/sessions").body()).contains("\"number\":1", "\"number\":2");
    }

    @Test
    void cookies_do_not_travel_in_the_token() {
        String page = "GET / HTTP/1.1\r\nHost: localhost:5555\r\nCookie: secret=1\r\nX-Seen: 2\r\n\r\n";

        String facts = TokenPayload.of(server.connect().ask(page).token()).toString();

        assertThat(facts).contains("X-Seen").doesNotContain("secret");
    }

    @Test
    void metadata_says_who_answers_and_makes_no_session() throws Exception {
        VirtualConnection.Response metadata = server.connect().get("/metadata");

        assertThat(Json.read(metadata.body()).at("/data/name").asText()).isEqualTo("panel-performance");
        assertThat(Json.read(metadata.body()).at("/data/up_since").asText()).isEqualTo("2026-11-23T18:36:40Z");
        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /nowhere, 404",
        "GET /static/panelperf/../../etc/passwd, 404",
        "GET /ws, 400",
        "POST /, 405",
        "DELETE /metadata, 405",
        "HEAD /, 405",
        "GET /metadata/, 200",
        "GET /metadata?x=1, 200",
        "GET /favicon.ico, 200"
    })
    void what_cannot_be_had_is_answered_with_its_status(String what, int status) {
        assertThat(server.connect()
                        .ask(what + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void files_are_kept_by_their_content() {
        VirtualConnection connection = server.connect();
        VirtualConnection.Response script = connection.get("/static/panelperf/page.js?v=1");
        String etag = script.headers().get("ETag");

        VirtualConnection.Response again = connection.ask(
                "GET /static/panelperf/page.js HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + etag + "\r\n\r\n");

        assertThat(script.headers().get("Cache-Control")).contains("immutable");
        assertThat(script.headers()).containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers()).containsEntry("Cache-Control", "no-cache").doesNotContainKey("Content-Length");
        assertThat(again.body()).isEmpty();
    }

    @Test
    void every_answer_has_a_date_and_a_name() {
        assertThat(server.connect().get("/metadata").headers())
                .containsEntry("Date", "Mon, 23 Nov 2026 18:36:40 GMT")
                .containsEntry("Server", "panel-performance/" + Version.CURRENT);
    }

    @ParameterizedTest
    @CsvSource({"GET, 400", "X-Long: , 431", "GET /, 414"})
    void a_malformed_or_overlong_request_is_answered_counted_and_the_last(String kind, int status) {
        String filler = "x".repeat(StrictRequestDecoder.LARGEST_HEADERS + 1);
        String request = switch (status) {
            case 431 -> "GET / HTTP/1.1\r\nX-Long: " + filler + "\r\n\r\n";
            case 414 -> "GET /" + filler + " HTTP/1.1\r\n\r\n";
            default -> "GET\r\n\r\n";
        };
        VirtualConnection connection = server.connect();

        VirtualConnection.Response answer = connection.ask(request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Connection", "close");
        assertThat(connection.isOpen()).isFalse();
        assertThat(server.refused(Refusal.BAD_REQUEST)).isEqualTo(1);
        assertThat(server.connect().get("/metadata").status()).isEqualTo(200);
    }

    @Test
    void an_overlong_body_is_refused() {
        VirtualConnection.Response answer =
                server.connect().ask("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() {
        VirtualConnection connection = server.connect();

        connection.send(Stream.of("/", "/metadata", "/nowhere")
                .map(path -> "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .collect(Collectors.joining()));

        List<VirtualConnection.Response> answers = VirtualConnection.all(connection.text());
        assertThat(answers).extracting(VirtualConnection.Response::status).containsExactly(200, 200, 404);
        assertThat(answers.get(1).headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void a_client_that_wants_no_more_is_let_go() {
        VirtualConnection connection = server.connect();

        connection.ask("GET /metadata HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_silent_connection_is_let_go() {
        VirtualConnection connection = server.connect();

        server.pass(Duration.ofSeconds(121));

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void more_sessions_than_may_live_are_refused_until_one_ends() {
        use(
                new HelloApp(),
                Knobs.standard().with(new Knobs.Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 1, 100)));
        server.connect().get("/");

        VirtualConnection.Response refused = server.connect().get("/");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("--max-sessions");
        assertThat(server.refused(Refusal.TOO_MANY_SESSIONS)).isEqualTo(1);
        server.pass(Duration.ofSeconds(35));
        assertThat(server.connect().get("/").status()).isEqualTo(200);
    }

    @Test
    void more_connections_than_may_be_open_are_refused_until_one_closes() {
        use(
                new HelloApp(),
                Knobs.standard().with(new Knobs.Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 100, 1)));
        VirtualConnection first = server.connect();

        VirtualConnection surplus = server.connect();

        assertThat(surplus.get("/").status()).isEqualTo(503);
        assertThat(surplus.isOpen()).isFalse();
        assertThat(server.refused(Refusal.TOO_MANY_CONNECTIONS)).isEqualTo(1);
        first.close();
        assertThat(server.connect().get("/").status()).isEqualTo(200);
    }

    @Test
    void a_surplus_connection_that_says_nothing_is_closed_soon() {
        use(
                new HelloApp(),
                Knobs.standard().with(new Knobs.Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 100, 1)));
        server.connect();
        VirtualConnection surplus = server.connect();

        server.pass(Duration.ofSeconds(6));

        assertThat(surplus.isOpen()).isFalse();
    }

    @Test
    void an_app_that_throws_is_an_error_page_and_leaves_no_session() {
        use(
                models -> {
                    throw new IllegalStateException("the app is broken");
                },
                Knobs.standard());

        VirtualConnection.Response answer = server.connect().get("/");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("the app is broken");
        assertThat(server.connect().get("/sessions").body()).isEqualTo("[]");
    }

    @Test
    void sessions_are_shown_to_this_machine_only() {
        assertThat(server.connect("192.0.2.7").get("/sessions").status()).isEqualTo(403);
        assertThat(server.connect("::1").get("/sessions").status()).isEqualTo(200);
    }

    private void use(App app, Knobs knobs) {
        server.close();
        server = new VirtualServer(app, knobs);
    }
}
