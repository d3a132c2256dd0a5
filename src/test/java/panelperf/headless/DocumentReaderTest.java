package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.time.Ticker;
import panelperf.visit.RequestHeaders;

/** A document pulled without a page, from servers with and without faults. */
@Timeout(60)
final class DocumentReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MANY_BYTES = 10 << 20;

    @Test
    void the_document_of_a_page_is_pulled_and_its_socket_closed_with_1000() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                DocumentReader reader =
                        new DocumentReader(Ticker.system(), PATIENCE, MANY_BYTES, RequestHeaders.none(), null)) {
            DocumentReader.Answer answer = reader.get(server.url());
            DocumentReader.Pulled pulled = reader.pull(server.url(), answer);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(pulled.doc().path("title").asText()).isEqualTo("Faulty");
            assertThat(pulled.buffers()).isEmpty();
            assertThat(pulled.pulledNanos()).isGreaterThan(pulled.requestedNanos());
            for (int i = 0; i < 500 && server.cleanCloses.get() < 1; i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(server.cleanCloses).hasValue(1);
        }
    }

    @Test
    void an_answer_of_any_status_is_an_answer() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.STATUS_500);
                DocumentReader reader =
                        new DocumentReader(Ticker.system(), PATIENCE, MANY_BYTES, RequestHeaders.none(), null)) {
            assertThat(reader.get(server.url()).status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PLAIN_HTML       | 30s   | a page without a session's token
                    HALF_PAGE        | 30s   | truncated (an answer
                    RESET_PAGE       | 30s   | reset (an answer
                    ENDLESS_BODY     | 30s   | more than 1000000 bytes
                    SILENT_PAGE      | 300ms | nothing in time
                    WEBSOCKET_403    | 30s   | ws_refused (a websocket: the upgrade was answered with status 403)
                    SILENT_WEBSOCKET | 600ms | nothing in time
                    CLOSE_AFTER_ACK  | 30s   | a websocket that closed with code 1001
                    BAD_JSON         | 30s   | another protocol: expected JSON in the server's next frame, found '{"doc":'
                    NO_MSGTYPE       | 30s   | another protocol: expected a header with a msgtype
                    BOKEH_ERROR      | 30s   | ERROR in place of the document: KeyError('events')
                    """)
    void what_a_server_does_instead_is_said(Fault fault, String patience, String found) throws Exception {
        Duration time =
                Duration.parse("PT" + (patience.endsWith("ms") ? "0." + patience.replace("ms", "s") : patience));
        try (FaultyServer server = new FaultyServer(fault);
                DocumentReader reader =
                        new DocumentReader(Ticker.system(), time, 1_000_000, RequestHeaders.none(), null)) {
            assertThatThrownBy(() -> reader.pull(server.url(), reader.get(server.url())))
                    .isInstanceOf(CannotRead.class)
                    .hasMessageStartingWith(found);
        }
    }

    @Test
    void a_document_larger_than_allowed_is_refused() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.MANY_LOADERS);
                DocumentReader reader =
                        new DocumentReader(Ticker.system(), PATIENCE, 100_000, RequestHeaders.none(), null)) {
            DocumentReader.Answer answer = reader.get(server.url());

            assertThatThrownBy(() -> reader.pull(server.url(), answer)).hasMessage("more than 100000 bytes");
        }
    }

    @Test
    void nobody_there_is_said() throws Exception {
        FaultyServer gone = new FaultyServer(Fault.NONE);
        gone.close();
        try (DocumentReader reader =
                new DocumentReader(Ticker.system(), PATIENCE, MANY_BYTES, RequestHeaders.none(), null)) {
            assertThatThrownBy(() -> reader.get(gone.url()))
                    .isInstanceOf(CannotRead.class)
                    .hasMessageStartingWith("refused (an answer: ");
        }
    }
}
