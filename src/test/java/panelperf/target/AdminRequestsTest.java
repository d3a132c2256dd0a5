package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.bokeh.Json;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.session.Work;

/** Who may see the admin page, and what it is made of. */
final class AdminRequestsTest {
    private static final String SECRET = "correct horse battery";
    private static final String HOST = "Host: localhost:5555\r\n";
    private static final String UPGRADE = """
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """.replace("\n", "\r\n");

    private VirtualServer server = new VirtualServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String request(String what, String headers) {
        return what + " HTTP/1.1\r\n" + headers + "\r\n";
    }

    private void useSecret() {
        server.close();
        server = new VirtualServer(new HelloApp(), Knobs.standard(), Optional.of(new AdminSecret(SECRET)));
    }

    @Test
    void the_page_and_all_that_it_names_come_from_here_under_a_strict_policy() {
        VirtualConnection.Response page = server.connect().get("/admin");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick=", "{{");
        Matcher named = Pattern.compile("(?:src|href)=\"(/static/[^\"]+)\"").matcher(page.body());
        int files = 0;
        while (named.find()) {
            VirtualConnection.Response file = server.connect().get(named.group(1));
            assertThat(file.status()).as(named.group(1)).isEqualTo(200);
            assertThat(file.headers().get("Cache-Control")).contains("immutable");
            files++;
        }
        assertThat(files).isEqualTo(4);
        assertThat(page.body()).contains("/static/admin/echarts/6.");
    }

    @Test
    void every_module_that_a_module_imports_is_served_beside_it() {
        String page = server.connect().get("/admin").body();
        Matcher main = Pattern.compile("src=\"(/static/admin/\\w+/)main\\.js\"").matcher(page);
        assertThat(main.find()).isTrue();

        for (String module : List.of("main.js", "timeline.js", "overview.js", "profiling.js", "logs.js")) {
            String source = server.connect().get(main.group(1) + module).body();
            Matcher imported = Pattern.compile("from \"\\./([\\w-]+\\.js)\"").matcher(source);
            while (imported.find()) {
                assertThat(server.connect()
                                .get(main.group(1) + imported.group(1))
                                .status())
                        .as(imported.group(1))
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/sessions", "/sessions.ndjson", "/metrics", "/admin/recording.jfr"})
    void without_a_secret_it_is_for_this_machine_only(String path) {
        assertThat(server.connect("192.0.2.7").get(path).status()).isEqualTo(403);
        assertThat(server.connect("192.0.2.7").get(path).body()).contains("this machine only", "--admin-secret");
        assertThat(server.connect("::1").get(path).status()).isNotEqualTo(403);
        String passedOn = request("GET " + path, HOST + "X-Forwarded-For: 192.0.2.7\r\n");
        assertThat(server.connect().ask(passedOn).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5555, 200",
        "localhost:9999, 200",
        "127.0.0.1:5555, 200",
        "[::1]:5555, 200",
        "evil.example:5555, 403",
        "localhost.evil.example:5555, 403",
        "'', 403"
    })
    void a_name_that_somebody_made_point_here_is_refused(String host, int status) {
        assertThat(server.connect()
                        .ask(request("GET /sessions", "Host: " + host + "\r\n"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void with_a_secret_whoever_knows_it_may_look_from_anywhere_and_nobody_else() {
        useSecret();

        assertThat(server.connect().get("/sessions").status()).isEqualTo(401);
        assertThat(server.connect().get("/admin").status()).isEqualTo(401);
        assertThat(server.connect().get("/admin").body()).contains("type=\"password\"");
        assertThat(bearer("wrong horse battery")).isEqualTo(401);
        assertThat(bearer(SECRET)).isEqualTo(200);
    }

    private int bearer(String secret) {
        return server.connect("192.0.2.7")
                .ask(request("GET /metrics", HOST + "Authorization: Bearer " + secret + "\r\n"))
                .status();
    }

    @Test
    void logging_in_gives_a_cookie_that_is_not_the_secret_and_that_scripts_cannot_read() {
        useSecret();
        String body = "secret=" + SECRET.replace(' ', '+');
        String length = "Content-Length: " + body.length() + "\r\n";

        VirtualConnection.Response login =
                server.connect("192.0.2.7").ask(request("POST /admin/login", HOST + length) + body);

        assertThat(login.status()).isEqualTo(303);
        String cookie = Objects.requireNonNull(login.headers().get("Set-Cookie"));
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("horse");
        String pass = cookie.substring(0, cookie.indexOf(';'));
        assertThat(server.connect("192.0.2.7")
                        .ask(request("GET /admin", HOST + "Cookie: a=b; " + pass + "\r\n"))
                        .status())
                .isEqualTo(200);
        assertThat(server.connect()
                        .ask(request("GET /admin", HOST + "Cookie: " + pass + "0\r\n"))
                        .status())
                .isEqualTo(401);
        VirtualConnection.Response wrong =
                server.connect().ask(request("POST /admin/login", HOST + "Content-Length: 8\r\n") + "secret=x");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).contains("That is not the secret.");
        assertThat(wrong.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void a_secret_is_long_and_never_printed() {
        assertThatThrownBy(() -> new AdminSecret("short"))
                .hasMessage(
                        "admin secret: expected at least 16 characters, found 5; make one with: openssl rand -hex 16");
        assertThat(new Listening("h", 0, Set.of(), Optional.empty(), Optional.of(new AdminSecret(SECRET))))
                .asString()
                .doesNotContain("horse");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://localhost:5555, 409",
        "Origin: http://evil.example, 403",
        "Origin: null, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "X-None: 1, 409"
    })
    void pages_of_other_sites_change_nothing(String header, int status) {
        String stop = request("POST /admin/recording/stop", HOST + header + "\r\nContent-Length: 0\r\n");

        assertThat(server.connect().ask(stop).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /admin, 405, GET",
        "GET /admin/login, 405, POST",
        "GET /admin/recording/start, 405, POST",
        "DELETE /sessions, 405, GET",
        "GET /admin/nowhere, 404,",
        "GET /static/admin/../../etc/passwd, 404,",
        "GET /admin/live, 400,",
        "GET /admin/recording.jfr, 404,",
        "GET /admin/, 200,"
    })
    void what_cannot_be_had_is_answered_with_its_status(String what, int status, String allowed) {
        VirtualConnection.Response answer = server.connect().ask(request(what, HOST + "Content-Length: 0\r\n"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().get("Allow")).isEqualTo(allowed);
    }

    @Test
    void sessions_that_live_and_that_ended_are_lines_of_json() throws Exception {
        server.connect().get("/");
        server.pass(Duration.ofSeconds(40));
        server.connect().get("/");

        VirtualConnection.Response lines = server.connect().get("/sessions.ndjson");

        assertThat(lines.headers()).containsEntry("Content-Type", "application/x-ndjson; charset=utf-8");
        List<String> sessions = lines.body().lines().toList();
        assertThat(sessions).hasSize(2);
        assertThat(Json.read(sessions.get(0)).at("/state").asText()).isEqualTo("destroyed");
        JsonNode live = Json.read(sessions.get(1));
        JsonNode listed = Json.read(server.connect().get("/sessions").body()).get(0);
        listed.fieldNames()
                .forEachRemaining(name -> assertThat(live.get(name)).as(name).isEqualTo(listed.get(name)));
    }

    @Test
    void metrics_speak_openmetrics_unless_asked_for_the_older_text() {
        VirtualConnection.Response metrics = server.connect().get("/metrics");
        VirtualConnection.Response older =
                server.connect().ask(request("GET /metrics", HOST + "Accept: text/plain\r\n"));

        assertThat(metrics.headers().get("Content-Type")).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(metrics.body()).endsWith("# EOF\n").contains("panelperf_refusals_total{reason=\"bad_token\"} 0.0");
        assertThat(older.headers().get("Content-Type")).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void a_page_is_told_a_snapshot_and_then_five_changes_a_second_and_is_no_session() throws Exception {
        VirtualSocket page = live(server.connect());
        List<String> first = page.frames();
        server.connect().get("/");
        server.pass(Duration.ofMillis(200));
        List<String> second = page.frames();

        assertThat(first).hasSize(1);
        assertThat(Json.read(first.get(0)).at("/type").asText()).isEqualTo("snapshot");
        assertThat(Json.read(first.get(0)).at("/census/total").asInt()).isZero();
        assertThat(second).hasSize(1);
        assertThat(Json.read(second.get(0)).at("/sessions/0/state").asText()).isEqualTo("initialised");
        server.pass(Duration.ofMillis(199));
        assertThat(page.frames()).isEmpty();
        server.pass(Duration.ofMillis(1));
        assertThat(page.frames()).hasSize(1);
        assertThat(server.connect().get("/sessions").body())
                .contains("\"number\":1")
                .doesNotContain("\"number\":2");
    }

    @Test
    void two_pages_are_told_the_same_and_the_last_one_ends_the_work() {
        VirtualSocket one = live(server.connect());
        VirtualSocket other = live(server.connect());
        one.frames();
        other.frames();

        server.pass(Duration.ofMillis(200));

        assertThat(one.frames()).hasSize(1).isEqualTo(other.frames());
        one.connection().close();
        other.connection().close();
        server.pass(Duration.ofSeconds(1));
        assertThat(server.connect().get("/metrics").body()).contains("panelperf_admin_pages 0.0");
    }

    /** Three milliseconds for each session so far, at each of the changes that make one ready: it waits for the last. */
    @Test
    void open_pages_hold_the_loop_where_that_has_its_cost() {
        server.close();
        server = new VirtualServer(
                new HelloApp(), Knobs.standard().with(Knobs.LoopCosts.none().with(Work.ADMIN, Spread.parse("3ms"))));
        live(server.connect());
        VirtualConnection first = server.connect();
        first.send(request("GET /", HOST));
        VirtualConnection second = server.connect();
        second.send(request("GET /", HOST));
        assertThat(first.text()).startsWith("HTTP/1.1 200");
        assertThat(second.text()).as("held by what the first changed").isEmpty();

        for (int i = 0; i < 10; i++) {
            server.pass(Duration.ofMillis(1));
        }

        assertThat(second.text()).startsWith("HTTP/1.1 200");
    }

    @Test
    void more_pages_than_may_be_open_are_refused() {
        for (int i = 0; i < AdminPages.MOST; i++) {
            live(server.connect());
        }

        assertThat(server.connect()
                        .ask(request("GET /admin/live", HOST + UPGRADE))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void sockets_of_other_sites_are_refused() {
        String foreign = request("GET /admin/live", HOST + UPGRADE + "Origin: http://evil.example\r\n");

        assertThat(server.connect().ask(foreign).status()).isEqualTo(403);
    }

    private static VirtualSocket live(VirtualConnection connection) {
        VirtualConnection.Response handshake = connection.ask(request("GET /admin/live", HOST + UPGRADE));
        assertThat(handshake.status()).isEqualTo(101);
        return new VirtualSocket(connection, handshake);
    }
}
