package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static panelperf.target.RawFrames.all;
import static panelperf.target.RawFrames.close;
import static panelperf.target.RawFrames.frame;
import static panelperf.target.RawFrames.head;
import static panelperf.target.RawFrames.longHead;
import static panelperf.target.RawFrames.message;
import static panelperf.target.RawFrames.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * What a server that stands in the open is sent, on real sockets: each case is bytes, what the client must hear, and which
 * refusal is counted. After each, a page lives as if nothing had been, and a socket opened before all of them still talks.
 */
@Timeout(120)
final class RawSocketsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET /metadata HTTP/1.1\r\n" + HOST;
    private static final String POST = "POST /metadata HTTP/1.1\r\n" + HOST;
    private static final String HEADER = "{\"msgid\":\"m1\",\"msgtype\":\"PATCH-DOC\"";
    private static final int LARGEST = SocketUpgrade.LARGEST_MESSAGE;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static PageServer server;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static RawConnection witness;

    private static int witnessed;

    /** One row: a name, what is sent, what must be heard, and what is counted: null for nothing. */
    @SuppressWarnings("ArrayRecordComponent") // Cases are never compared.
    private record Case(
            String name,
            byte[] sent,
            String heard,
            @Nullable Refusal counted) {
        Case(String name, String sent, String heard, @Nullable Refusal counted) {
            this(name, sent.getBytes(StandardCharsets.ISO_8859_1), heard, counted);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Ticker ticker = Ticker.system();
        server = PageServer.start(
                Listening.onLocalhost(0), new HelloApp(), Knobs.standard(), ticker, Timeline.anchoredNow(ticker));
        witness = new RawConnection(server.port());
        witness.send(upgrade("bokeh, " + pageToken(), ""));
        assertThat(witness.hear("101 ACK")).isEqualTo("101 ACK");
    }

    @AfterAll
    static void stop() throws Exception {
        witness.close();
        server.close();
    }

    static Stream<Case> requests() {
        String filler = "x".repeat(StrictRequestDecoder.LARGEST_HEADERS);
        return Stream.of(
                new Case("no HTTP at all", "\u0016\u0003\u0001\u0002\n\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("a method alone", "GET\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case(
                        "HTTP/2 by prior knowledge",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "an overlong line",
                        "GET /" + filler + " HTTP/1.1\r\n" + HOST + "\r\n",
                        "414 end",
                        Refusal.BAD_REQUEST),
                new Case("an overlong header", GET + "X: " + filler + "\r\n\r\n", "431 end", Refusal.BAD_REQUEST),
                new Case("no Host", "GET /metadata HTTP/1.1\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("two Hosts", GET + HOST + "\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("no Host in HTTP/1.0", "GET /metadata HTTP/1.0\r\n\r\n", "200 end", null),
                new Case(
                        "DNS rebinding",
                        "GET / HTTP/1.1\r\nHost: evil.example:5555\r\n\r\n",
                        "403 end",
                        Refusal.UNKNOWN_HOST),
                new Case(
                        "two lengths",
                        POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "length and chunks (smuggling)",
                        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + "\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "an unknown transfer coding",
                        POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case("a negative length", POST + "Content-Length: -1\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("a signed length", POST + "Content-Length: +1\r\n\r\nx", "400 end", Refusal.BAD_REQUEST),
                new Case(
                        "a length beyond all numbers",
                        POST + "Content-Length: 99999999999999999999\r\n\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "a terabyte announced",
                        POST + "Content-Length: 1000000000000\r\n\r\n",
                        "413 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "a terabyte, asked for first",
                        POST + "Content-Length: 1000000000000\r\nExpect: 100-continue\r\n\r\n",
                        "413 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "a chunk beyond all numbers",
                        POST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "a negative chunk",
                        POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                        "400 end",
                        Refusal.BAD_REQUEST),
                new Case(
                        "too many chunks",
                        POST + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(70_000),
                        "413 end",
                        Refusal.BAD_REQUEST),
                new Case("a blank before the colon", GET + "X : y\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("a NUL in a header", GET + "X: a\u0000b\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("a bare CR in a header", GET + "X: a\rb\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("a DEL in a header", GET + "X: a\u007fb\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case("no name before the colon", GET + ": y\r\n\r\n", "400 end", Refusal.BAD_REQUEST),
                new Case(
                        "a climb out of the folder",
                        "GET /static/panelperf/%2e%2e/../page.html HTTP/1.1\r\n" + HOST + "\r\n",
                        "404",
                        null),
                new Case("escapes that are none", "GET /?a=%zz HTTP/1.1\r\n" + HOST + "\r\n", "200", null),
                new Case("another method", "DELETE / HTTP/1.1\r\n" + HOST + "\r\n", "405", null),
                new Case("a tunnel", "CONNECT localhost:22 HTTP/1.1\r\n" + HOST + "\r\n", "404", null),
                new Case(
                        "pipelined requests",
                        (GET + "\r\n").repeat(3) + "GET /x HTTP/1.1\r\n" + HOST + "\r\n",
                        "200 200 200 404",
                        null),
                new Case(
                        "an overlong body in its turn",
                        "GET / HTTP/1.1\r\n" + HOST + "\r\n" + POST + "Content-Length: 100000\r\n\r\n",
                        "200 413 end",
                        Refusal.BAD_REQUEST),
                new Case("an expectation that is none", GET + "Expect: miracles\r\n\r\n", "200", null));
    }

    static Stream<Case> handshakes() {
        String later = ",\"session_expiry\":" + (System.currentTimeMillis() / 1000 + 300);
        return Stream.of(
                new Case("no subprotocol", upgrade("", ""), "101 close", Refusal.BAD_TOKEN),
                new Case("no token", upgrade("bokeh", ""), "101 close", Refusal.BAD_TOKEN),
                new Case("three values", upgrade("bokeh, a, b", ""), "101 close", Refusal.BAD_TOKEN),
                new Case("another subprotocol", upgrade("chat, x", ""), "101 close", Refusal.BAD_TOKEN),
                new Case("a token that is no base64", upgrade("bokeh, ***", ""), "101 close", Refusal.BAD_TOKEN),
                new Case(
                        "a token with no session",
                        upgrade("bokeh, " + token("{\"session_id\":\"\"" + later + "}"), ""),
                        "101 close",
                        Refusal.BAD_TOKEN),
                new Case(
                        "an expired token",
                        upgrade("bokeh, " + token("{\"session_id\":\"a\",\"session_expiry\":1}"), ""),
                        "101 close",
                        Refusal.BAD_TOKEN),
                new Case(
                        "a token without an expiry",
                        upgrade("bokeh, " + token("{\"session_id\":\"a\"}"), ""),
                        "101 close",
                        Refusal.BAD_TOKEN),
                new Case(
                        "a wrong signature",
                        upgrade("bokeh, " + token("{\"session_id\":\"a\"" + later + "}") + ".AAAA", ""),
                        "101 close",
                        Refusal.BAD_TOKEN),
                new Case(
                        "a token of brackets",
                        upgrade("bokeh, " + token("[".repeat(10_000)), ""),
                        "101 close",
                        Refusal.BAD_TOKEN),
                new Case(
                        "a token that inflates to megabytes",
                        upgrade(
                                "bokeh, "
                                        + token("{\"session_id\":\"bomb\"" + later + ",\"__bk__zlib_\":\"" + bomb()
                                                + "\"}"),
                                ""),
                        "101 ACK",
                        null),
                new Case(
                        "two values in two lines",
                        upgrade(
                                "bokeh",
                                "Sec-WebSocket-Protocol: " + token("{\"session_id\":\"lines\"" + later + "}") + "\r\n"),
                        "101 ACK",
                        null),
                new Case(
                        "another origin",
                        upgrade("bokeh, x", "Origin: http://evil.example\r\n"),
                        "403",
                        Refusal.CROSS_ORIGIN),
                new Case(
                        "an origin with the right name in front",
                        upgrade("bokeh, x", "Origin: http://localhost:1@evil.example\r\n"),
                        "403",
                        Refusal.CROSS_ORIGIN),
                new Case(
                        "an older version",
                        upgrade("bokeh, x", "").replace("Version: 13", "Version: 8"),
                        "426",
                        Refusal.BAD_REQUEST),
                new Case("no key", upgrade("bokeh, x", "").replace("-Key:", "-Kex:"), "400", Refusal.BAD_REQUEST),
                new Case("no upgrade", "GET /ws HTTP/1.1\r\n" + HOST + "\r\n", "400", null),
                new Case("another path", upgrade("bokeh, x", "").replace("/ws", "/x/ws"), "404", null),
                new Case(
                        "another host",
                        upgrade("bokeh, x", "").replace(HOST, "Host: evil.example\r\n"),
                        "403 end",
                        Refusal.UNKNOWN_HOST),
                new Case("a subprotocol beyond ASCII", upgrade("ch\u00e4t, x", ""), "101 close", Refusal.BAD_TOKEN));
    }

    static Stream<Case> frames() {
        String patch = "{\"events\":[],\"x\":\"";
        String ofLargest = patch + "x".repeat(LARGEST - patch.length() - 2) + "\"}";
        return Stream.of(
                new Case("a reserved bit", frame(0xc1, "{}"), "close 1002", Refusal.BAD_FRAME),
                new Case("a reserved opcode", frame(0x83, "{}"), "close 1002", Refusal.BAD_FRAME),
                new Case("a reserved control opcode", frame(0x8b, ""), "close 1002", Refusal.BAD_FRAME),
                new Case("an unmasked frame", new byte[] {(byte) 0x81, 2, '{', '}'}, "close 1002", Refusal.BAD_FRAME),
                new Case("a fragmented ping", frame(0x09, "x"), "close 1002", Refusal.BAD_FRAME),
                new Case("an overlong ping", frame(RawFrames.PING, "x".repeat(126)), "close 1002", Refusal.BAD_FRAME),
                new Case("a continuation of nothing", frame(RawFrames.LAST, "x"), "close 1002", Refusal.BAD_FRAME),
                new Case(
                        "a text within a text",
                        all(frame(RawFrames.TEXT_WITH_MORE, "{"), text("}")),
                        "close 1002",
                        Refusal.BAD_FRAME),
                new Case(
                        "a ping within a text",
                        all(
                                frame(RawFrames.TEXT_WITH_MORE, HEADER),
                                frame(RawFrames.PING, "x"),
                                frame(RawFrames.MORE, ""),
                                frame(RawFrames.LAST, "}"),
                                text("{}"),
                                text("{\"events\":[]}")),
                        "pong OK",
                        null),
                new Case(
                        "a length in more bytes than it takes",
                        longHead(RawFrames.TEXT, 5),
                        "close 1002",
                        Refusal.BAD_FRAME),
                new Case("a negative length", longHead(RawFrames.TEXT, -1), "close 1002", Refusal.BAD_FRAME),
                new Case("a terabyte announced", head(RawFrames.TEXT, 1L << 40), "close 1009", Refusal.BAD_FRAME),
                new Case(
                        "a byte more than may be announced",
                        head(RawFrames.TEXT, LARGEST + 1),
                        "close 1009",
                        Refusal.BAD_FRAME),
                new Case("as much as may be", all(text(HEADER + "}"), text("{}"), text(ofLargest)), "OK", null),
                new Case(
                        "as much as may be in two halves, and a byte",
                        all(
                                text(HEADER + "}"),
                                text("{}"),
                                frame(RawFrames.TEXT_WITH_MORE, ofLargest.substring(0, LARGEST / 2)),
                                frame(RawFrames.LAST, ofLargest.substring(LARGEST / 2) + " ")),
                        "close 1009",
                        Refusal.BAD_FRAME),
                new Case("a close of one byte", frame(RawFrames.CLOSE, "x"), "close 1002", Refusal.BAD_FRAME),
                new Case("a close with a code that nobody may send", close(1005), "close 1002", Refusal.BAD_FRAME),
                new Case(
                        "a close whose reason is no UTF-8",
                        frame(RawFrames.CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xc3, 0x28}),
                        "close 1007",
                        Refusal.BAD_FRAME),
                new Case(
                        "a text that is no UTF-8",
                        frame(RawFrames.TEXT, new byte[] {(byte) 0xff}),
                        "close 1007",
                        Refusal.BAD_FRAME),
                new Case(
                        "half a surrogate",
                        frame(RawFrames.TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
                        "close 1007",
                        Refusal.BAD_FRAME),
                new Case(
                        "a letter in two frames",
                        all(
                                frame(RawFrames.TEXT_WITH_MORE, bytes(HEADER + ",\"x\":\"", 0xc3)),
                                frame(RawFrames.LAST, bytes("", 0xa4, '"', '}')),
                                text("{}"),
                                text("{\"events\":[]}")),
                        "OK",
                        null),
                new Case("an empty text", text(""), "close 10000", Refusal.BAD_MESSAGE),
                new Case("no JSON", text("hello"), "close 10000", Refusal.BAD_MESSAGE),
                new Case("two values where one is due", text("{} {}"), "close 10000", Refusal.BAD_MESSAGE),
                new Case("a header without a type", text("[]"), "close 10001", Refusal.BAD_MESSAGE),
                new Case("an unknown type", message("DROP-TABLE", "{}"), "close 10000", Refusal.BAD_MESSAGE),
                new Case("a server's type", message("ACK", "{}"), "close 10000", Refusal.BAD_MESSAGE),
                new Case(
                        "no msgid",
                        all(text("{\"msgtype\":\"PATCH-DOC\"}"), text("{}"), text("{}")),
                        "close 10000",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "metadata that is no JSON",
                        all(text(HEADER + "}"), text("{")),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "content that is no JSON",
                        all(text(HEADER + "}"), text("{}"), text("{")),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a hundred thousand brackets",
                        all(text(HEADER + "}"), text("{}"), text("[".repeat(100_000))),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a million small values",
                        all(text(HEADER + "}"), text("{}"), text("[" + "[],".repeat(1_000_000) + "[]]")),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a number of ten thousand digits",
                        all(text(HEADER + "}"), text("{}"), text("9".repeat(10_000))),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a number beyond all numbers",
                        message("PATCH-DOC", "{\"events\":[],\"x\":1e999999999}"),
                        "OK",
                        null),
                new Case(
                        "a negative number of buffers",
                        text(HEADER + ",\"num_buffers\":-1}"),
                        "close 10000",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "four billion buffers and one",
                        text(HEADER + ",\"num_buffers\":4294967297}"),
                        "close 10000",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "one and a half buffers",
                        text(HEADER + ",\"num_buffers\":1.5}"),
                        "close 10000",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "buffers in words",
                        text(HEADER + ",\"num_buffers\":\"1\"}"),
                        "close 10000",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "the same name twice: the last counts",
                        all(text(HEADER + ",\"msgtype\":\"SERVER-INFO-REQ\"}"), text("{}"), text("{}")),
                        "SERVER-INFO-REPLY",
                        null),
                new Case("binary where text is due", frame(RawFrames.BINARY, "x"), "close 10001", Refusal.BAD_MESSAGE),
                new Case(
                        "text where binary is due",
                        all(
                                text(HEADER + ",\"num_buffers\":1}"),
                                text("{}"),
                                text("{}"),
                                text("{\"id\":\"1\"}"),
                                text("x")),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a buffer's header with more than its id",
                        all(
                                text(HEADER + ",\"num_buffers\":1}"),
                                text("{}"),
                                text("{}"),
                                text("{\"id\":\"1\",\"x\":1}")),
                        "close 10001",
                        Refusal.BAD_MESSAGE),
                new Case(
                        "a buffer",
                        all(
                                text(HEADER + ",\"num_buffers\":1}"),
                                text("{}"),
                                text("{\"events\":[]}"),
                                text("{\"id\":\"1\"}"),
                                frame(RawFrames.BINARY, "x")),
                        "OK",
                        null),
                new Case("a patch without events", message("PATCH-DOC", "{}"), "ERROR", null),
                new Case("a patch that is no object", message("PATCH-DOC", "[1]"), "ERROR", null),
                new Case(
                        "an unknown model",
                        message("PATCH-DOC", "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"p0\"}}]}"),
                        "ERROR",
                        null),
                new Case("an unknown event", message("PATCH-DOC", "{\"events\":[{\"kind\":\"Boo\"}]}"), "ERROR", null),
                new Case("another document", message("PUSH-DOC", "{\"doc\":{}}"), "ERROR", null),
                new Case("goodbye", close(1000), "close 1000 end", null));
    }

    @ParameterizedTest
    @MethodSource({"requests", "handshakes"})
    void what_is_sent_instead_of_a_request_or_a_handshake(Case row) throws Exception {
        Map<Refusal, Long> before = counts();
        try (RawConnection connection = new RawConnection(server.port())) {
            assertThat(connection.send(row.sent()).hear(row.heard())).isEqualTo(row.heard());
        }
        assertCounted(before, row.counted(), 1);
        assertUndisturbed();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void what_is_sent_on_a_websocket(Case row) throws Exception {
        Map<Refusal, Long> before = counts();
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(upgrade("bokeh, " + pageToken(), "")).hear("101 ACK");

            String heard = "101 ACK " + row.heard();
            assertThat(connection.send(row.sent()).hear(heard)).isEqualTo(heard);
        }
        assertCounted(before, row.counted(), 1);
        assertUndisturbed();
    }

    @Test
    void frames_that_do_not_wait_for_the_handshake_are_lost_and_nothing_else() throws Exception {
        try (RawConnection connection = new RawConnection(server.port())) {
            String upgrade = upgrade("bokeh, " + pageToken(), "");

            connection.send(all(upgrade.getBytes(StandardCharsets.ISO_8859_1), message("PULL-DOC-REQ", "{}")));

            assertThat(connection.hear("101 ACK")).startsWith("101 ACK");
        }
        assertUndisturbed();
    }

    @Test
    void more_pipelined_requests_than_anybody_sends_end_the_connection_after_the_answers_that_fit() throws Exception {
        Map<Refusal, Long> before = counts();
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send((GET + "\r\n").repeat(1_000));

            String heard = connection.hear("never");
            assertThat(heard).startsWith("200 200 200").endsWith("200 end");
            assertThat(heard.split(" ", -1).length).isBetween(100, 900);
        }
        assertCounted(before, Refusal.BAD_REQUEST, 1);
        assertUndisturbed();
    }

    @Test
    void a_flood_of_pings_is_answered_and_holds_nobody_up() throws Exception {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(upgrade("bokeh, " + pageToken(), "")).hear("101 ACK");
            byte[] ping = frame(RawFrames.PING, "x");
            byte[] thousand = new byte[ping.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(ping, 0, thousand, i * ping.length, ping.length);
            }
            for (int i = 0; i < 5; i++) {
                connection.send(thousand);
            }

            assertUndisturbed();
            assertThat(connection.hear("101 ACK" + " pong".repeat(5_000)).length())
                    .isEqualTo("101 ACK".length() + 5_000 * " pong".length());
        }
    }

    @Test
    void a_client_that_asks_and_never_reads_is_not_read_from() throws Exception {
        long asked = 60_000_000;
        String request = "GET /static/panelperf/page.js HTTP/1.1\r\n" + HOST + "\r\n";
        byte[] many = request.repeat(1_000).getBytes(StandardCharsets.ISO_8859_1);
        AtomicLong sent = new AtomicLong();
        try (RawConnection connection = new RawConnection(server.port())) {
            Thread sender = new Thread(
                    () -> {
                        while (sent.get() < asked && connection.sendAll(many)) {
                            sent.addAndGet(many.length);
                        }
                    },
                    "sender");
            sender.start();
            sender.join(3_000);

            assertUndisturbed();
            // What the two systems buffer is some megabytes; the answers would be gigabytes.
            assertThat(sent.get()).isLessThan(asked / 2);
        }
    }

    @Test
    void a_session_has_sixty_four_sockets_and_no_more() throws Exception {
        Map<Refusal, Long> before = counts();
        String upgrade = upgrade("bokeh, " + pageToken(), "");
        List<RawConnection> open = new ArrayList<>();
        int surplus = 0;
        try {
            for (int i = 0; i < ServedSession.MOST_SOCKETS; i++) {
                RawConnection connection = new RawConnection(server.port());
                open.add(connection);
                assertThat(connection.send(upgrade).hear("101 ACK")).isEqualTo("101 ACK");
            }
            try (RawConnection refused = new RawConnection(server.port())) {
                assertThat(refused.send(upgrade).hear("503")).isEqualTo("503");
            }
            open.get(0).send(close(1000));
            assertThat(open.get(0).hear("101 ACK close 1000 end")).isEqualTo("101 ACK close 1000 end");
            // The place comes free a moment after the client hears the end.
            String heard = "503";
            for (int attempt = 0; attempt < 100 && heard.equals("503"); attempt++) {
                try (RawConnection next = new RawConnection(server.port())) {
                    heard = next.send(upgrade).hearSomething();
                }
                surplus++;
            }
            assertThat(heard).startsWith("101");
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
        assertCounted(before, Refusal.TOO_MANY_SOCKETS, surplus);
        assertUndisturbed();
    }

    @Test
    void connections_that_break_off_anywhere_leave_nothing_behind() throws Exception {
        byte[] whole = all(
                upgrade("bokeh, " + pageToken(), "").getBytes(StandardCharsets.ISO_8859_1),
                message("PATCH-DOC", "{\"events\":[]}"));
        for (int length = 1; length < whole.length; length += 7) {
            byte[] part = new byte[length];
            System.arraycopy(whole, 0, part, 0, length);
            new RawConnection(server.port()).send(part).reset();
        }

        assertUndisturbed();
    }

    private static void assertCounted(Map<Refusal, Long> before, @Nullable Refusal refusal, int times) {
        Map<Refusal, Long> expected = new EnumMap<>(before);
        Optional.ofNullable(refusal).ifPresent(counted -> expected.merge(counted, (long) times, Long::sum));
        assertThat(counts()).isEqualTo(expected);
    }

    private static Map<Refusal, Long> counts() {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        for (Refusal refusal : Refusal.values()) {
            counts.put(refusal, server.refusals().of(refusal));
        }
        return counts;
    }

    /** A page lives from its request to its content, and the witness is answered. */
    private static void assertUndisturbed() throws IOException {
        try (RawConnection page = new RawConnection(server.port())) {
            page.send(upgrade("bokeh, " + pageToken(), "")).hear("101 ACK");
            page.send(message("PULL-DOC-REQ", "{}")).hear("101 ACK PULL-DOC-REPLY");
            page.send(message("PATCH-DOC", VirtualSocket.DOCUMENT_READY));
            String heard = "101 ACK PULL-DOC-REPLY OK PATCH-DOC PATCH-DOC";
            assertThat(page.hear(heard)).isEqualTo(heard);
            assertThat(page.text()).contains("Hello, world!");
            assertThat(page.send(close(1000)).hear(heard + " close 1000 end")).isEqualTo(heard + " close 1000 end");
        }
        witnessed++;
        String heard = "101 ACK" + " SERVER-INFO-REPLY".repeat(witnessed);
        assertThat(witness.send(message("SERVER-INFO-REQ", "{}")).hear(heard)).isEqualTo(heard);
    }

    private static String pageToken() throws IOException {
        try (RawConnection page = new RawConnection(server.port())) {
            assertThat(page.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").hear("200"))
                    .isEqualTo("200");
            return page.token();
        }
    }

    private static String upgrade(String subprotocols, String moreHeaders) {
        return "GET /ws HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (subprotocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocols + "\r\n")
                + moreHeaders + "\r\n";
    }

    private static String token(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Five million bytes in seven thousand letters. */
    private static String bomb() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(new byte[5_000_000]);
            deflater.finish();
            byte[] packed = new byte[10_000];
            int length = deflater.deflate(packed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(packed, length));
        } finally {
            deflater.end();
        }
    }

    private static byte[] bytes(String text, int... more) {
        byte[] start = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + more.length];
        System.arraycopy(start, 0, all, 0, start.length);
        for (int i = 0; i < more.length; i++) {
            all[start.length + i] = (byte) more[i];
        }
        return all;
    }
}
