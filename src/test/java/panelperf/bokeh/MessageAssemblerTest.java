package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Bokeh 3.3.4's server takes, and in which words it refuses the rest. */
final class MessageAssemblerTest {
    private final MessageAssembler assembler = new MessageAssembler();

    @Test
    void three_texts_make_a_message() throws ProtocolError {
        assertThat(assembler.text("{\"msgid\":\"m1\",\"msgtype\":\"PATCH-DOC\"}"))
                .isEmpty();
        assertThat(assembler.text("{}")).isEmpty();
        Optional<Message> message = assembler.text("{\"events\":[]}");

        assertThat(message).hasValueSatisfying(it -> {
            assertThat(it.msgid()).isEqualTo("m1");
            assertThat(it.msgtype()).isEqualTo("PATCH-DOC");
            assertThat(it.content().path("events").isArray()).isTrue();
        });
    }

    @Test
    void one_message_follows_another() throws ProtocolError {
        assertThat(send("PULL-DOC-REQ", "m1")).isPresent();
        assertThat(send("SERVER-INFO-REQ", "m2"))
                .hasValueSatisfying(message -> assertThat(message.msgid()).isEqualTo("m2"));
    }

    @Test
    void buffers_are_read_past() throws ProtocolError {
        assembler.text("{\"msgid\":\"m1\",\"msgtype\":\"PATCH-DOC\",\"num_buffers\":2}");
        assembler.text("{}");
        assertThat(assembler.text("{\"events\":[]}")).isEmpty();

        assertThat(assembler.text("{\"id\":\"b1\"}")).isEmpty();
        assertThat(assembler.binary()).isEmpty();
        assertThat(assembler.text("{\"id\":\"b2\"}")).isEmpty();
        assertThat(assembler.binary()).isPresent();
        assertThat(send("PULL-DOC-REQ", "m2")).isPresent();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON | 10000 | server failed to parse a message
            {"msgid":"a","msgtype":"PULL-DOC-REQ"} and more | 10000 | server failed to parse a message
            `` | 10000 | server failed to parse a message
            {"msgid":"a"} | 10001 | No 'msgtype' in header
            [] | 10001 | No 'msgtype' in header
            {"msgid":"a","msgtype":5} | 10001 | No 'msgtype' in header
            {"msgid":"a","msgtype":"PATCH-DOC","num_buffers":-1} | 10000 | server failed to parse a message
            {"msgid":"a","msgtype":"PATCH-DOC","num_buffers":10001} | 10000 | server failed to parse a message
            """)
    void a_header_that_is_none_ends_the_socket(String header, int code, String reason) {
        assertRefused(code, reason, header);
    }

    @Test
    void an_overlong_header_ends_the_socket() {
        String header = "{\"msgid\":\"" + "m".repeat(8192) + "\",\"msgtype\":\"PULL-DOC-REQ\"}";

        assertRefused(ProtocolError.INTERNAL, "server failed to parse a message", header);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"msgid":"a","msgtype":"NO-SUCH-TYPE"} | server failed to parse a message
            {"msgtype":"PULL-DOC-REQ"} | server failed to handle a message
            {"msgid":"a","msgtype":"ACK"} | Message 'ACK' content: {} not expected on server
            """)
    void a_message_that_no_client_may_send_ends_the_socket(String header, String reason) {
        assertRefused(ProtocolError.INTERNAL, reason, header, "{}", "{}");
    }

    @Test
    void a_long_content_does_not_burst_the_close_frame() {
        String content = "{\"text\":\"" + "x".repeat(500) + "\"}";

        assertRefused(
                ProtocolError.INTERNAL,
                "Message 'OK' content: {...} not expected on server",
                "{\"msgid\":\"a\",\"msgtype\":\"OK\"}",
                "{}",
                content);
    }

    @Test
    void metadata_and_content_must_be_json() {
        String header = "{\"msgid\":\"a\",\"msgtype\":\"PULL-DOC-REQ\"}";

        assertRefused(ProtocolError.PROTOCOL, "metadata could not be decoded", header, "{");
        assertRefused(ProtocolError.PROTOCOL, "content could not be decoded", header, "{}", "{");
    }

    @Test
    void nesting_without_end_is_refused_and_not_followed() {
        String deep = "[".repeat(100_000);

        assertRefused(
                ProtocolError.PROTOCOL,
                "content could not be decoded",
                "{\"msgid\":\"a\",\"msgtype\":\"PATCH-DOC\"}",
                "{}",
                deep);
    }

    @Test
    void a_binary_frame_where_a_text_is_due_ends_the_socket() {
        ProtocolError error = catchThrowableOfType(ProtocolError.class, assembler::binary);

        assertThat(error.code()).isEqualTo(ProtocolError.PROTOCOL);
        assertThat(error.reason()).isEqualTo("expected text fragment but received binary fragment for _HEADER");
    }

    @Test
    void a_text_frame_where_a_buffer_is_due_ends_the_socket() {
        assertRefused(
                ProtocolError.PROTOCOL,
                "expected binary fragment but received text fragment for _BUFFER_PAYLOAD",
                "{\"msgid\":\"a\",\"msgtype\":\"PATCH-DOC\",\"num_buffers\":1}",
                "{}",
                "{\"events\":[]}",
                "{\"id\":\"b1\"}",
                "text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"x":1}
            {}
            {"id":"b","x":1}
            7
            """)
    void a_buffers_header_names_its_id_and_nothing_else(String bufferHeader) {
        assertRefused(
                ProtocolError.PROTOCOL,
                "Malformed buffer header",
                "{\"msgid\":\"a\",\"msgtype\":\"PATCH-DOC\",\"num_buffers\":1}",
                "{}",
                "{\"events\":[]}",
                bufferHeader);
    }

    private Optional<Message> send(String type, String id) throws ProtocolError {
        assembler.text("{\"msgid\":\"" + id + "\",\"msgtype\":\"" + type + "\"}");
        assembler.text("{}");
        return assembler.text("{}");
    }

    /** The last frame is refused, those before it are taken. */
    private static void assertRefused(int code, String reason, String... frames) {
        MessageAssembler fresh = new MessageAssembler();
        List<String> all = List.of(frames);
        ProtocolError error = catchThrowableOfType(ProtocolError.class, () -> {
            for (String frame : all.subList(0, all.size() - 1)) {
                assertThat(fresh.text(frame)).isEmpty();
            }
            fresh.text(all.get(all.size() - 1));
        });

        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.reason()).isEqualTo(reason);
    }
}
