package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

@Timeout(60)
final class PreflightTest {
    @Test
    void nothing_listening_is_a_sentence_with_what_to_do() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThatThrownBy(() -> preflight("http://localhost:" + closed + "/").identify())
                .isInstanceOf(StudyStopped.class)
                .hasMessage("no answer from http://localhost:" + closed
                        + "/: connection refused; start the server, or name another with -DbaseUrl");
    }

    @Test
    void a_host_without_an_address_is_named_as_that() {
        assertThatThrownBy(() -> preflight("http://host.invalid/").identify())
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("its host name has no address; check the name in -DbaseUrl");
    }

    @Test
    void a_failed_handshake_is_named_as_that() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread answers = new Thread(() -> answerWithoutTls(plain));
            answers.start();

            assertThatThrownBy(() -> preflight("https://localhost:" + plain.getLocalPort() + "/")
                            .identify())
                    .isInstanceOf(StudyStopped.class)
                    .hasMessageContaining("the TLS handshake failed");
        }
    }

    /** Each connection gets what a plain server says to a handshake. */
    private static void answerWithoutTls(ServerSocket plain) {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        boolean open = true;
        while (open) {
            try (Socket client = plain.accept()) {
                var unused = client.getInputStream().read(new byte[4096]);
                client.getOutputStream().write(answer);
            } catch (IOException e) {
                open = !plain.isClosed(); // one client has gone, or the test is over
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404 | gone                   | found status 404
                    500 | oops                   | found status 500
                    200 | <html>a web server     | found an answer that is no JSON
                    200 | {"status": "UP"}       | found an answer without url and data
                    200 | 7                      | found an answer without url and data
                    """)
    void another_service_is_told_from_a_panel_server(int status, String body, String found) throws IOException {
        try (Answering server = new Answering(status, body)) {
            assertThatThrownBy(() -> preflight("http://localhost:" + server.port() + "/app")
                            .identify())
                    .isInstanceOf(StudyStopped.class)
                    .hasMessageContaining("no Panel or Bokeh server answers at")
                    .hasMessageContaining("/app/metadata, " + found);
        }
    }

    @Test
    void a_panel_server_is_known_by_its_metadata() throws IOException {
        try (Answering server = new Answering(200, "{\"url\": \"/\", \"data\": {}}")) {
            assertThat(preflight("http://localhost:" + server.port() + "/")
                            .identify()
                            .description())
                    .startsWith("a Bokeh or Panel server");
        }
    }

    @Test
    void our_own_target_is_named_with_its_preset() throws IOException {
        String metadata =
                "{\"url\":\"/\",\"data\":{\"name\":\"panel-performance\",\"version\":\"9\",\"preset\":\"native\",\"up_since\":\"now\"}}";
        try (Answering server = new Answering(200, metadata)) {
            assertThat(preflight("http://localhost:" + server.port() + "/")
                            .identify()
                            .description())
                    .isEqualTo("our target 9, preset native, up since now");
        }
    }

    @Test
    void a_page_that_does_not_load_for_one_user_stops_the_study() {
        Preflight preflight = preflight("http://localhost:1/");

        assertThatThrownBy(() ->
                        preflight.visit(answering(new Outcome.Failed("ws_refused", "status 403")), Ticker.system()))
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("ws_refused (status 403)")
                .hasMessageContaining("--allow-websocket-origin");
        assertThatThrownBy(() -> preflight.visit(answering(new Outcome.TimedOut("spinner_gone")), Ticker.system()))
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("still waiting for spinner_gone");
    }

    private static Preflight preflight(String url) {
        return new Preflight(URI.create(url), new Asking(Options.read(Map.of())), RequestHeaders.none());
    }

    private static Browser answering(Outcome outcome) {
        return new Browser() {
            @Override
            public String engine() {
                return "answering";
            }

            @Override
            public void open(PageRequest request, Consumer<PageView> whenDone) {
                whenDone.accept(PageView.unseen(outcome, 0, 1));
            }

            @Override
            public void interrupt() {}

            @Override
            public void close() {}
        };
    }

    /** Answers every request alike. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server;

        Answering(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
