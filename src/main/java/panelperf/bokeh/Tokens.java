package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that joins a page's websocket to its session (bokeh/util/token.py): base64url of a JSON object with
 * {@code session_id} and {@code session_expiry}, a dot, and base64url of its HMAC-SHA256.
 */
public final class Tokens {
    private static final int LONGEST = 16_384;
    /** Bokeh's own ids are 44 letters and digits; a signed one has a dot and a base64url signature. */
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9._-]{1,256}");

    private final byte[] key;
    private final boolean acceptUnsigned;

    /**
     * Tokens of one server process.
     *
     * @param key the HMAC's key, at least 32 bytes of randomness
     * @param acceptUnsigned whether tokens without a signature are taken too, as Bokeh does by default: its Python client
     *     makes its own
     */
    public Tokens(byte[] key, boolean acceptUnsigned) {
        if (key.length < 32) {
            throw new IllegalArgumentException("key for tokens: expected at least 32 bytes, found " + key.length);
        }
        this.key = key.clone();
        this.acceptUnsigned = acceptUnsigned;
    }

    /**
     * A token for a session.
     *
     * @param expirySeconds when it ends, seconds since the Unix epoch
     */
    public String issue(String sessionId, long expirySeconds) {
        String payload =
                encode(Json.text(Json.object().put("session_id", sessionId).put("session_expiry", expirySeconds))
                        .getBytes(StandardCharsets.UTF_8));
        return payload + "." + encode(sign(payload));
    }

    /**
     * The session that a token names.
     *
     * @param nowSeconds seconds since the Unix epoch
     * @return empty when the token is malformed, expired, or not signed by this server
     */
    public Optional<String> sessionOf(String token, long nowSeconds) {
        if (token.length() > LONGEST || !signed(token)) {
            return Optional.empty();
        }
        return payload(token)
                .filter(payload -> payload.path("session_expiry").canConvertToLong()
                        && payload.path("session_expiry").asLong() >= nowSeconds)
                .map(payload -> payload.path("session_id").asText(""))
                .filter(id -> SESSION_ID.matcher(id).matches());
    }

    /**
     * The session that a token says it is for, whoever made it: for clients, which cannot check it.
     *
     * @return empty when the token is malformed
     */
    public static Optional<String> claimedSession(String token) {
        return payload(token)
                .map(payload -> payload.path("session_id").asText(""))
                .filter(id -> !id.isEmpty());
    }

    private static Optional<JsonNode> payload(String token) {
        int dot = token.indexOf('.');
        try {
            byte[] json = Base64.getUrlDecoder().decode(dot < 0 ? token : token.substring(0, dot));
            return Optional.of(Json.read(new String(json, StandardCharsets.UTF_8)))
                    .filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private boolean signed(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return acceptUnsigned;
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(signature, sign(token.substring(0, dot)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] sign(String payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
