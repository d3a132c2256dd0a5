package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** The server on real sockets: that it comes up, talks, and goes. */
@Timeout(60)
final class PageServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void localhost_is_both_loopback_addresses() throws Exception {
        try (PageServer server = start(Listening.onLocalhost(0))) {
            assertThat(get("http://127.0.0.1:" + server.port() + "/metadata").statusCode())
                    .isEqualTo(200);
            if (hasIpv6()) {
                assertThat(get("http://[::1]:" + server.port() + "/metadata").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_page_lives_over_http_and_its_websocket_and_is_told_when_the_server_stops() throws Exception {
        Heard heard = new Heard();
        try (PageServer server = start(Listening.onLocalhost(0))) {
            String page = get("http://localhost:" + server.port() + "/").body();
            Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(page);
            assertThat(token.find()).isTrue();
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("bokeh", token.group(1))
                    .buildAsync(URI.create("ws://localhost:" + server.port() + "/ws"), heard)
                    .get(30, TimeUnit.SECONDS);
            assertThat(heard.next()).contains("ACK");
            assertThat(heard.next()).isEqualTo("{}");
            assertThat(heard.next()).isEqualTo("{}");

            send(socket, "PATCH-DOC", VirtualSocket.DOCUMENT_READY);

            assertThat(heard.next()).contains("\"OK\"");
            heard.skip(2);
            assertThat(heard.next()).contains("PATCH-DOC");
            heard.skip(1);
            assertThat(heard.next()).contains("Hello, world!");
            heard.skip(2);
            assertThat(heard.next()).contains("css_classes");
        }
        assertThat(heard.next()).isEqualTo("closed 1001 the server stops");
    }

    @Test
    void a_request_under_way_is_answered_when_the_server_stops_and_an_idle_connection_ends() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        PageServer server = start(Listening.onLocalhost(0), models -> {
            making.countDown();
            await(stopping);
            return new HelloApp().make(models);
        });
        try (RawConnection idle = new RawConnection(server.port());
                RawConnection half = new RawConnection(server.port());
                RawConnection asking = new RawConnection(server.port())) {
            idle.send("GET /metadata HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(idle.hear("200")).isEqualTo("200");
            half.send("GET / HTTP/1.1\r\n");
            asking.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await(making);
            Thread stopper = new Thread(server::close, "stopper");
            stopper.start();

            assertThat(idle.hear("200 end")).isEqualTo("200 end");
            assertThat(half.hear("end")).isEqualTo("end");
            stopping.countDown();
            assertThat(asking.hear("200 end")).isEqualTo("200 end");
            assertThat(asking.text()).containsIgnoringCase("connection: close").contains("</html>");
            stopper.join();
        }
    }

    @Test
    void a_busy_port_is_one_sentence() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Listening listening = Listening.onLocalhost(busy.getLocalPort());

            assertThatThrownBy(() -> start(listening).close())
                    .isInstanceOf(CannotListen.class)
                    .hasMessage("cannot listen on port " + busy.getLocalPort() + " of localhost: something else"
                            + " listens there; stop it, or choose another port with --port (0 takes any that is free)");
        }
    }

    @Test
    void a_host_that_is_not_this_machine_is_one_sentence() {
        Listening unknown = new Listening("no-such-host.invalid", 0, Set.of(), Optional.empty());
        Listening elsewhere = new Listening("192.0.2.7", 0, Set.of(), Optional.empty());

        assertThatThrownBy(() -> start(unknown).close())
                .isInstanceOf(CannotListen.class)
                .hasMessageContaining("cannot listen on 'no-such-host.invalid'");
        assertThatThrownBy(() -> start(elsewhere).close())
                .isInstanceOf(CannotListen.class)
                .hasMessageContaining("cannot listen on port 0 of 192.0.2.7");
    }

    @Test
    void a_stopped_server_gives_back_its_port_and_stops_but_once() throws Exception {
        PageServer server = start(Listening.onLocalhost(0));
        int port = server.port();

        server.close();
        server.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        start(Listening.onLocalhost(port)).close();
    }

    @Test
    void nonsense_is_refused_before_anything_listens() {
        assertThatThrownBy(() -> Listening.onLocalhost(65_536)).hasMessage("port: expected 0 to 65535, found 65536");
        assertThatThrownBy(() -> new Listening(" ", 0, Set.of(), Optional.empty()))
                .hasMessageStartingWith("host: expected a name or an address, found none");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PageServer start(Listening listening) throws CannotListen {
        return start(listening, new HelloApp());
    }

    private static PageServer start(Listening listening, App app) throws CannotListen {
        Ticker ticker = Ticker.system();
        return PageServer.start(listening, app, Knobs.standard(), ticker, Timeline.anchoredNow(ticker));
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void send(WebSocket socket, String type, String content) throws Exception {
        socket.sendText("{\"msgid\":\"m1\",\"msgtype\":\"" + type + "\"}", true).get(30, TimeUnit.SECONDS);
        socket.sendText("{}", true).get(30, TimeUnit.SECONDS);
        socket.sendText(content, true).get(30, TimeUnit.SECONDS);
    }

    private static boolean hasIpv6() {
        try (ServerSocket any = new ServerSocket(
                0, 1, InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}))) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** What came over a websocket, in order. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        String next() throws InterruptedException {
            String next = heard.poll(30, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        void skip(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                next();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed " + code + " " + reason);
            return null;
        }
    }
}
