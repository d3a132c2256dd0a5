package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
    private static final byte[] KEY = "a key of thirty-two bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final long NOW = 1_795_459_000;

    private final Tokens tokens = new Tokens(KEY, false);
    private final Tokens lenient = new Tokens(KEY, true);

    @Test
    void a_token_names_its_session_until_its_last_second() {
        String token = tokens.issue("abc", NOW);

        assertThat(tokens.check(token, NOW)).isEqualTo(new TokenCheck.Valid("abc", true));
        assertThat(tokens.check(token, NOW + 1)).isEqualTo(new TokenCheck.Expired());
    }

    @Test
    void another_servers_token_is_not_taken() {
        Tokens other = new Tokens("another key of thirty-two bytes.".getBytes(StandardCharsets.UTF_8), true);

        assertThat(tokens.check(other.issue("abc", NOW), NOW)).isEqualTo(new TokenCheck.Unsigned());
        assertThat(lenient.check(other.issue("abc", NOW), NOW)).isEqualTo(new TokenCheck.Unsigned());
    }

    @Test
    void no_changed_token_is_taken() {
        String token = tokens.issue("abcdefgh", NOW + 300);
        Random random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(token.length());
            char other = "ABCxyz019_-".charAt(random.nextInt(11));
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            // The last digit of 43 holds two bits that mean nothing.
            if (!changed.equals(token) && at != token.length() - 1) {
                assertThat(tokens.check(changed, NOW))
                        .as("seed 4, case %d: %s", i, changed)
                        .isNotInstanceOf(TokenCheck.Valid.class);
            }
        }
    }

    @Test
    void unsigned_tokens_are_taken_where_that_is_allowed_only() {
        String unsigned = encode("{\"session_id\": \"xyz\", \"session_expiry\": " + (NOW + 300) + "}");

        assertThat(lenient.check(unsigned, NOW)).isEqualTo(new TokenCheck.Valid("xyz", false));
        assertThat(tokens.check(unsigned, NOW)).isEqualTo(new TokenCheck.Unsigned());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"session_id\": \"xyz\"}",
                "{\"session_id\": \"xyz\", \"session_expiry\": \"1795459300\"}",
                "{\"session_id\": \"xyz\", \"session_expiry\": 1e300}",
                "{\"session_id\": \"xyz\", \"session_expiry\": 99999999999999999999999999}"
            })
    void a_token_without_a_time_of_expiry_has_expired(String json) {
        assertThat(lenient.check(encode(json), NOW)).isEqualTo(new TokenCheck.Expired());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"session_expiry\": 1795459300}",
                "{\"session_id\": \"\", \"session_expiry\": 1795459300}",
                "{\"session_id\": 7, \"session_expiry\": 1795459300}",
                "{\"session_id\": \"<script>\", \"session_expiry\": 1795459300}",
                "[]",
                "7",
                "no JSON",
                ""
            })
    void what_names_no_session_is_no_token(String json) {
        assertThat(lenient.check(encode(json), NOW)).isEqualTo(new TokenCheck.Malformed());
    }

    @Test
    void what_is_no_base64_or_far_too_long_is_no_token() {
        String filler = " ".repeat(20_000);
        String tooLong = encode("{\"session_id\": \"xyz\", \"session_expiry\": 1795459300" + filler + "}");

        for (String token : List.of("", ".", "…", "a b", tooLong)) {
            assertThat(lenient.check(token, NOW)).as(token).isEqualTo(new TokenCheck.Malformed());
        }
    }

    /** Made by Bokeh 3.3.4: {@code bokeh.util.token.generate_jwt_token("abc", extra_payload=…)} at {@link #NOW}. */
    @Test
    void a_token_of_bokehs_own_is_read() {
        String bokehs = "eyJzZXNzaW9uX2lkIjogImFiYyIsICJzZXNzaW9uX2V4cGlyeSI6IDE3OTU0NTkzMDAsICJfX2JrX196bGli"
                + "XyI6ICJlTnFyVnNwSVRVeEpMU3BXc2xLb1Z2TElMeTRCTXBSeThwTVRjektBSEN0VElGQ3ExVkZRU3M3UHo4"
                + "NU1CU3NEY1JPTDBrdHpVX05LSUFLMUFEdUFGMGsifQ";

        assertThat(lenient.check(bokehs, NOW)).isEqualTo(new TokenCheck.Valid("abc", false));
        assertThat(TokenPayload.of(bokehs))
                .hasValueSatisfying(
                        facts -> assertThat(facts.at("/headers/Host").asText()).isEqualTo("localhost:5555"));
    }

    /** The same with {@code signed=True} and our key. */
    @Test
    void a_token_that_bokeh_signed_with_the_same_key_is_taken() {
        String bokehs = "eyJzZXNzaW9uX2lkIjogImFiYyIsICJzZXNzaW9uX2V4cGlyeSI6IDE3OTU0NTkzMDAsICJfX2JrX196bGli"
                + "XyI6ICJlTnFyVnNwSVRVeEpMU3BXc2xLb1Z2TElMeTRCTXBSeThwTVRjektBSEN0VElGQ3ExVkZRU3M3UHo4"
                + "NU1CU3NEY1JPTDBrdHpVX05LSUFLMUFEdUFGMGsifQ.1eCMPZAb-ao3pJiXIhLNE6zruokvNOcMm3-HXejVV"
                + "GI";

        assertThat(tokens.check(bokehs, NOW)).isEqualTo(new TokenCheck.Valid("abc", true));
    }

    @Test
    void a_token_carries_its_request() {
        ObjectNode facts = Json.object();
        facts.putObject("headers").put("Host", "localhost:5555");
        facts.putObject("arguments").putArray("theme").add("dark");

        String token = tokens.issue("abc", NOW, Optional.of(facts));

        assertThat(TokenPayload.of(token)).contains(facts);
        assertThat(TokenPayload.of(tokens.issue("abc", NOW))).isEmpty();
    }

    @Test
    void a_token_that_would_inflate_to_megabytes_is_not_inflated() {
        ObjectNode facts = Json.object().put("filler", "x".repeat(2_000_000));

        String token = tokens.issue("abc", NOW, Optional.of(facts));

        assertThat(token.length()).isLessThan(16_384);
        assertThat(TokenPayload.of(token)).isEmpty();
    }

    @Test
    void a_client_reads_the_session_without_the_key() {
        assertThat(Tokens.claimedSession(tokens.issue("abc", NOW))).contains("abc");
        assertThat(Tokens.claimedSession("no token")).isEmpty();
        assertThat(Tokens.claimedSession(encode("{}"))).isEmpty();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new Tokens(new byte[31], false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key for tokens: expected at least 32 bytes, found 31; draw it from SecureRandom");
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
