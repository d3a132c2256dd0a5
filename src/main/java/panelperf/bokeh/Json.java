package panelperf.bokeh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON values and texts. Jackson's mapper is safe for many threads once it is made. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * What a stranger may send. A value of a byte or two becomes a node of a hundred, so it is the number of tokens that
     * bounds the memory; a text may be as long as the longest message.
     */
    private static final ObjectMapper WARY = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(200_000)
                            .maxNestingDepth(500)
                            .maxNumberLength(1_000)
                            .maxStringLength(20 * 1024 * 1024)
                            .build())
                    // Interned names of strangers would stay for ever.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * Reads one JSON value.
     *
     * @throws JsonProcessingException when the text is no JSON, none, more than one value, or nested too deep
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return one(MAPPER.readTree(text));
    }

    /**
     * Reads one JSON value that a stranger sent: one of at most 200,000 tokens, 500 deep.
     *
     * @throws JsonProcessingException as {@link #read}, or when there is more of it
     */
    public static JsonNode readWarily(String text) throws JsonProcessingException {
        return one(WARY.readTree(text));
    }

    private static JsonNode one(JsonNode value) throws JsonParseException {
        if (value.isMissingNode()) {
            throw new JsonParseException("expected one JSON value, found none");
        }
        return value;
    }

    /** The value on one line. */
    public static String text(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}
