package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What a token carries of the request that made its page: {@code headers}, {@code cookies} and {@code arguments},
 * compressed (bokeh/util/token.py, {@code _TOKEN_ZLIB_KEY}).
 */
public final class TokenPayload {
    static final String FIELD = "__bk__zlib_";
    /** A small token can inflate to a thousand times its size; no request has this much to say. */
    private static final int LARGEST = 65_536;

    /** One a thread: each new one asks the system for a quarter of a megabyte, for a few hundred bytes of facts. */
    private static final ThreadLocal<Deflater> DEFLATERS =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_COMPRESSION));

    private TokenPayload() {}

    /**
     * What a token carries, whoever made it.
     *
     * @return empty when it carries nothing, or nothing that can be read, or more than 64 KiB
     */
    public static Optional<ObjectNode> of(String token) {
        return Tokens.payload(token)
                .map(payload -> payload.path(FIELD))
                .filter(JsonNode::isTextual)
                .flatMap(packed -> unpack(packed.asText()));
    }

    static String pack(ObjectNode facts) {
        Deflater deflater = DEFLATERS.get();
        deflater.reset();
        deflater.setInput(Json.text(facts).getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    }

    private static Optional<ObjectNode> unpack(String packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getUrlDecoder().decode(packed));
            byte[] buffer = new byte[LARGEST];
            int length = inflater.inflate(buffer);
            if (!inflater.finished()) {
                return Optional.empty();
            }
            JsonNode facts = Json.readWarily(new String(buffer, 0, length, StandardCharsets.UTF_8));
            return facts instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IllegalArgumentException | DataFormatException | JsonProcessingException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
