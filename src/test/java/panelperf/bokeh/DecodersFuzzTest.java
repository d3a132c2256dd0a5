package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import panelperf.Fuzzing;

/**
 * The decoders of what strangers send, on any bytes. As tests they run on the inputs kept beside them and on changes of
 * those; the README says how Jazzer looks for more.
 */
final class DecodersFuzzTest {
    private static final long SEED = 20_261_125;
    private static final int RUNS = 20_000;
    private static final long NOW = 1_795_459_000;
    private static final byte[] KEY = "a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final Tokens STRICT = new Tokens(KEY, false);
    private static final Tokens LENIENT = new Tokens(KEY, true);
    private static final String ISSUED = STRICT.issue("abc", NOW + 300);

    /** The bytes are a token. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void token(byte[] input) {
        checkToken(new String(input, StandardCharsets.ISO_8859_1));
    }

    /** The bytes are what a token encodes. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void payload(byte[] input) {
        checkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(input));
    }

    private static void checkToken(String token) {
        if (LENIENT.check(token, NOW) instanceof TokenCheck.Valid valid) {
            assertThat(valid.sessionId()).matches("[A-Za-z0-9._-]{1,256}");
            assertThat(LENIENT.check(token, Long.MAX_VALUE)).isNotInstanceOf(TokenCheck.Malformed.class);
            assertThat(valid.signed()).isEqualTo(token.indexOf('.') >= 0);
        }
        if (STRICT.check(token, NOW) instanceof TokenCheck.Valid) {
            // The last letter of a signature holds two bits that mean nothing.
            assertThat(token).startsWith(ISSUED.substring(0, ISSUED.length() - 1));
        }
        TokenPayload.of(token).ifPresent(facts -> assertThat(facts.size()).isLessThan(65_536));
        assertThat(Tokens.claimedSession(token)).isNotEqualTo(Optional.of(""));
    }

    /** The bytes are frames: a zero byte ends a text, a one byte ends a binary. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void messages(byte[] input) throws JsonProcessingException {
        MessageAssembler assembler = new MessageAssembler();
        Document document = document();
        int start = 0;
        try {
            for (int at = 0; at < input.length; at++) {
                if (input[at] == 0) {
                    String text = new String(input, start, at - start, StandardCharsets.UTF_8);
                    checkMessage(assembler.text(text), document);
                } else if (input[at] == 1) {
                    checkMessage(assembler.binary(), document);
                } else {
                    continue;
                }
                start = at + 1;
            }
        } catch (ProtocolError e) {
            assertThat(e.code()).isIn(ProtocolError.INTERNAL, ProtocolError.PROTOCOL);
            // What a close frame has room for.
            assertThat(e.reason().getBytes(StandardCharsets.UTF_8).length).isBetween(1, 123);
        }
    }

    private static void checkMessage(Optional<Message> whole, Document document) throws JsonProcessingException {
        if (whole.isEmpty()) {
            return;
        }
        Message message = whole.get();
        assertThat(message.msgtype()).isIn("PULL-DOC-REQ", "PUSH-DOC", "PATCH-DOC", "SERVER-INFO-REQ");
        JsonNode header =
                Json.read(message.reply("p1", "OK", Json.object()).frames().get(0));
        assertThat(header.path("reqid").asText()).isEqualTo(message.msgid());
        checkPatch(message.content(), document);
    }

    /** The bytes are the content of a patch. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void patch(byte[] input) {
        JsonNode content;
        try {
            content = Json.readWarily(new String(input, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return;
        }
        checkPatch(content, document());
    }

    private static void checkPatch(JsonNode content, Document document) {
        String before = Json.text(document.pulled());
        try {
            ClientPatch patch = ClientPatch.read(content, document);
            assertThat(patch.documentReady() && !Json.text(content).contains("document_ready"))
                    .as("ready without a word of it")
                    .isFalse();
        } catch (ClientPatch.Refused e) {
            assertThat(e.text().length()).isBetween(1, 200);
        }
        assertThat(Json.text(document.pulled())).isEqualTo(before);
    }

    private static Document document() {
        Model main = Model.column("p1", "main-1", List.of()).loading();
        return new Document("title", List.of(main), List.of());
    }

    @Test
    void tokens_hold_under_twenty_thousand_changes() {
        Fuzzing.run(DecodersFuzzTest.class, "token", SEED, RUNS, this::token);
        Fuzzing.run(DecodersFuzzTest.class, "payload", SEED, RUNS, this::payload);
    }

    @Test
    void messages_hold_under_twenty_thousand_changes() {
        Fuzzing.run(DecodersFuzzTest.class, "messages", SEED, RUNS, this::messages);
        Fuzzing.run(DecodersFuzzTest.class, "patch", SEED, RUNS, this::patch);
    }
}
