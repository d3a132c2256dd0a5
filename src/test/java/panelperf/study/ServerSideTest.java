package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.VisitName;
import panelperf.run.Runs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Visit;

/** What is said of servers that tell something of their sessions, and of those that do not. */
@Timeout(60)
final class ServerSideTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404 | status 404 at http://localhost:PORT/admin; start it with --admin or admin=True for its side of the story, or say -DserverSide=off
                    403 | status 403 at http://localhost:PORT/admin; start it with
                    302 | status 302 at http://localhost:PORT/admin; start it with
                    200 | a page without a session's token
                    """)
    void a_server_without_an_admin_page_is_no_obstacle(int status, String found) throws Exception {
        HttpServer server = server();
        server.createContext("/", exchange -> {
            byte[] body = "<html>no admin page</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try {
            ServerSide.Told told = side(port, "/app", false).ask(List.of(), 0);

            assertThat(told.sessions()).isEmpty();
            assertThat(told.sentence())
                    .startsWith("expected the admin page of a Panel server")
                    .contains("found " + found.replace("PORT", Integer.toString(port)))
                    .endsWith("; the run goes on without the server's sessions");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_server_that_is_gone_is_no_obstacle_either() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(side(port, "/", true).ask(List.of(), 0).sentence())
                .startsWith("expected the sessions of our target at http://localhost:" + port + "/, found refused (")
                .endsWith("; the run goes on without the server's sessions");
    }

    @Test
    void our_target_is_asked_for_its_sessions_and_what_ended_before_the_run_is_left_out() throws Exception {
        HttpServer server = server();
        server.createContext("/sessions.ndjson", exchange -> {
            byte[] body = """
                    {"id":"old","createdMs":100,"destroyedMs":999}
                    {"id":"before","createdMs":200,"destroyedMs":1001}
                    {"id":"s1","createdMs":2000}
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Visit visit = Runs.loaded("load", 1, 0, 400);

            ServerSide.Told told =
                    side(server.getAddress().getPort(), "/", true).ask(List.of(visit), 1000);

            assertThat(told.sentence()).isEqualTo("2 of the server's, 1 of them joined to a visit");
            assertThat(told.sessions().stream().map(RecordedSession::id)).containsExactly("before", "s1");
            assertThat(told.sessions().get(1).visit()).contains(new VisitName("load", 1, 0));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://host:5006/, http://host:5006/admin",
        "http://host:5006, http://host:5006/admin",
        "http://host/app?u=1#top, http://host/admin",
        "https://host/pre/fix/app, https://host/pre/fix/admin https://host/pre/admin https://host/admin",
    })
    void an_admin_page_is_looked_for_beside_the_page_and_above(String page, String places) {
        assertThat(ServerSide.places(URI.create(page))).map(URI::toString).containsExactly(places.split(" "));
    }

    private static HttpServer server() throws java.io.IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private static ServerSide side(int port, String path, boolean ours) {
        Ticker ticker = Ticker.system();
        return new ServerSide(
                URI.create("http://localhost:" + port + path),
                ours,
                ticker,
                Timeline.anchoredNow(ticker),
                RequestHeaders.none(),
                null);
    }
}
