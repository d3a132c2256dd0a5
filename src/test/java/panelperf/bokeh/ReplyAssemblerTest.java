package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server's frames, put together. */
final class ReplyAssemblerTest {
    private final ReplyAssembler assembler = new ReplyAssembler();

    @Test
    void three_texts_are_a_message_and_the_next_begins_anew() throws ProtocolError {
        assertThat(assembler.text("{\"msgid\":\"p1\",\"msgtype\":\"ACK\"}")).isEmpty();
        assertThat(assembler.text("{}")).isEmpty();
        assertThat(assembler.text("{}")).hasValueSatisfying(reply -> {
            assertThat(reply.msgtype()).isEqualTo("ACK");
            assertThat(reply.reqid()).isEmpty();
            assertThat(reply.buffers()).isEmpty();
        });

        assertThat(said("{\"msgtype\":\"OK\",\"reqid\":\"c1\",\"num_buffers\":0}", "{\"a\":1}"))
                .hasValueSatisfying(reply -> {
                    assertThat(reply.reqid()).contains("c1");
                    assertThat(reply.content().path("a").asInt()).isEqualTo(1);
                });
    }

    @Test
    void buffers_are_kept_by_their_ids_and_belong_to_one_message() throws ProtocolError {
        assertThat(said("{\"msgtype\":\"PULL-DOC-REPLY\",\"reqid\":\"c1\",\"num_buffers\":2}", "{}"))
                .isEmpty();
        assertThat(assembler.text("{\"id\":\"b1\"}")).isEmpty();
        assertThat(assembler.binary(bytes("one"))).isEmpty();
        assertThat(assembler.text("{\"id\":\"b2\"}")).isEmpty();
        assertThat(assembler.binary(bytes("two")))
                .hasValueSatisfying(reply ->
                        assertThat(reply.buffers()).containsOnlyKeys("b1", "b2").containsEntry("b2", bytes("two")));

        assertThat(said("{\"msgtype\":\"OK\"}", "{}"))
                .hasValueSatisfying(reply -> assertThat(reply.buffers()).isEmpty());
    }

    @Test
    void what_does_not_fit_is_named() throws ProtocolError {
        assertThatThrownBy(() -> new ReplyAssembler().text("oops"))
                .isInstanceOf(ProtocolError.class)
                .hasMessage("expected JSON in the server's next frame, found 'oops'");
        assertThatThrownBy(() -> new ReplyAssembler().text("{}"))
                .hasMessage("expected a header with a msgtype in the server's next frame, found another");
        assertThatThrownBy(() -> new ReplyAssembler().binary(bytes("x")))
                .hasMessage("expected a text in the server's next frame, found bytes");
        var unused = said("{\"msgtype\":\"OK\",\"num_buffers\":1}", "{}");
        assertThatThrownBy(() -> assembler.text("{}"))
                .hasMessage("expected a buffer's id in the server's next frame, found none");
        ReplyAssembler awaiting = new ReplyAssembler();
        for (String frame : new String[] {"{\"msgtype\":\"OK\",\"num_buffers\":1}", "{}", "{}", "{\"id\":\"b\"}"}) {
            assertThat(awaiting.text(frame)).isEmpty();
        }
        assertThatThrownBy(() -> awaiting.text("{}"))
                .hasMessage("expected a buffer's bytes in the server's next frame, found a text");
    }

    private Optional<ReplyAssembler.Reply> said(String header, String content) throws ProtocolError {
        assertThat(assembler.text(header)).isEmpty();
        assertThat(assembler.text("{}")).isEmpty();
        return assembler.text(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
