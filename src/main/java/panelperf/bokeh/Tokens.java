package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token that joins a page's websocket to its session (bokeh/util/token.py): base64url of a JSON object with {@code
 * session_id} and {@code session_expiry}, a dot, and base64url of its HMAC-SHA256. Safe for many threads.
 */
public final class Tokens {
    private static final int LONGEST = 16_384;
    private static final int SHORTEST_KEY = 32;
    /** Bokeh's own ids are 44 letters and digits; a signed one has a dot and a base64url signature. */
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9._-]{1,256}");

    /** What a page passes to Bokeh's {@code embed_items} (bokeh/core/templates). */
    private static final Pattern EMBEDDED = Pattern.compile("(\\[\\{\"token\".*?\\}\\])\\s*[;)]");

    private static final String ALGORITHM = "HmacSHA256";
    /** One a thread: to find an algorithm takes longer than to use it. */
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(Tokens::mac);

    private final SecretKeySpec key;
    private final boolean acceptUnsigned;

    /**
     * Tokens of one server process.
     *
     * @param key the HMAC's key, at least 32 bytes of randomness
     * @param acceptUnsigned whether tokens without a signature are taken too, as Bokeh does by default: its Python client
     *     makes its own
     */
    public Tokens(byte[] key, boolean acceptUnsigned) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "key for tokens: expected at least 32 bytes, found " + key.length + "; draw it from SecureRandom");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.acceptUnsigned = acceptUnsigned;
    }

    /**
     * A signed token for a session.
     *
     * @param expirySeconds when it ends, seconds since the Unix epoch
     */
    public String issue(String sessionId, long expirySeconds) {
        return issue(sessionId, expirySeconds, Optional.empty());
    }

    /**
     * A signed token for a session.
     *
     * @param expirySeconds when it ends, seconds since the Unix epoch
     * @param request headers, cookies and arguments of the page's request, as {@link TokenPayload} packs them
     */
    public String issue(String sessionId, long expirySeconds, Optional<ObjectNode> request) {
        ObjectNode json = Json.object().put("session_id", sessionId).put("session_expiry", expirySeconds);
        request.ifPresent(facts -> json.put(TokenPayload.FIELD, TokenPayload.pack(facts)));
        String payload = encode(Json.text(json).getBytes(StandardCharsets.UTF_8));
        return payload + "." + encode(sign(payload));
    }

    /**
     * The token with which a page's HTML embeds its session.
     *
     * @return empty when there is none
     * @throws JsonProcessingException when what should hold it is no JSON
     */
    public static Optional<String> embeddedIn(String html) throws JsonProcessingException {
        Matcher matcher = EMBEDDED.matcher(html);
        return matcher.find()
                ? Optional.ofNullable(
                        Json.read(matcher.group(1)).path(0).path("token").textValue())
                : Optional.empty();
    }

    /**
     * What a token is worth.
     *
     * @param nowSeconds seconds since the Unix epoch; a token is good up to and with its last second
     */
    public TokenCheck check(String token, long nowSeconds) {
        Optional<JsonNode> payload = payload(token);
        Optional<String> id = payload.flatMap(Tokens::sessionId);
        if (payload.isEmpty() || id.isEmpty()) {
            return new TokenCheck.Malformed();
        }
        int dot = token.indexOf('.');
        boolean signed = dot >= 0;
        if (signed ? !signatureHolds(token, dot) : !acceptUnsigned) {
            return new TokenCheck.Unsigned();
        }
        JsonNode expiry = payload.get().path("session_expiry");
        return expiry.isIntegralNumber() && expiry.canConvertToLong() && expiry.asLong() >= nowSeconds
                ? new TokenCheck.Valid(id.get(), signed)
                : new TokenCheck.Expired();
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

    /** The token's JSON object, unchecked; empty when there is none. */
    static Optional<JsonNode> payload(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        int dot = token.indexOf('.');
        try {
            byte[] json = Base64.getUrlDecoder().decode(dot < 0 ? token : token.substring(0, dot));
            return Optional.of(Json.readWarily(new String(json, StandardCharsets.UTF_8)))
                    .filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> sessionId(JsonNode payload) {
        return Optional.of(payload.path("session_id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(id -> SESSION_ID.matcher(id).matches());
    }

    private boolean signatureHolds(String token, int dot) {
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(signature, sign(token.substring(0, dot)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] sign(String payload) {
        Mac mac = MACS.get();
        try {
            mac.init(key);
            return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key of bytes fits every HMAC", e);
        }
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
