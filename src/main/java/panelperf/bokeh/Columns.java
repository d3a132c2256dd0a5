package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of one {@code ColumnDataSource} of a pulled document: {@link Data} read back from the wire, whichever of its
 * forms they have: a list, or an array whose bytes are base64, or in a buffer (bokeh/core/serialization.py).
 *
 * @param values by name, as the wire has them
 * @param buffers by id, those of the message that brought the document
 */
public record Columns(Map<String, JsonNode> values, Map<String, byte[]> buffers) {
    private static final int LARGEST_SCALAR = Long.BYTES;

    public Columns {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Those of every source in a document, in its order. */
    public static List<Columns> in(JsonNode document, Map<String, byte[]> buffers) {
        List<Columns> found = new ArrayList<>();
        Deque<JsonNode> left = new ArrayDeque<>();
        left.push(document);
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            JsonNode data = node.path("attributes").path("data");
            if (data.path("type").asText().equals("map")) {
                found.add(new Columns(entries(data), buffers));
            }
            List<JsonNode> children = new ArrayList<>();
            node.forEach(children::add);
            Collections.reverse(children);
            children.forEach(left::push);
        }
        return found;
    }

    private static Map<String, JsonNode> entries(JsonNode map) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        map.path("entries").forEach(entry -> entries.put(entry.path(0).asText(), entry.path(1)));
        return entries;
    }

    /** Whether there are columns of all these names. */
    public boolean has(String... names) {
        return values.keySet().containsAll(Arrays.asList(names));
    }

    /**
     * A column of numbers; a value that is none is NaN.
     *
     * @throws IllegalArgumentException when there is no such column, or it has another form
     */
    public double[] numbers(String name) {
        JsonNode column = column(name);
        if (column.isArray()) {
            return list(column);
        }
        JsonNode array = column.path("array");
        if (array.isArray()) { // of Python objects
            return list(array);
        }
        return scalars(name, column.path("dtype").asText(), bytes(name, array), order(column));
    }

    /**
     * A column of texts; a value that is none is written as one.
     *
     * @throws IllegalArgumentException when there is no such column, or it has another form
     */
    public List<String> texts(String name) {
        JsonNode column = column(name);
        JsonNode list = column.isArray() ? column : column.path("array");
        if (!list.isArray()) {
            throw unreadable(name, "texts", column);
        }
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private JsonNode column(String name) {
        JsonNode column = values.get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "column '" + name + "': expected it beside " + values.keySet() + ", found none");
        }
        return column;
    }

    private static double[] list(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).isNumber() ? list.get(i).asDouble() : Double.NaN;
        }
        return numbers;
    }

    private static ByteOrder order(JsonNode column) {
        return column.path("order").asText("little").equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private byte[] bytes(String name, JsonNode array) {
        JsonNode data = array.path("data");
        if (data.isTextual()) {
            return Base64.getDecoder().decode(data.textValue());
        }
        byte[] buffer = buffers.get(data.path("id").asText());
        if (buffer == null) {
            throw unreadable(name, "a list, or an array with its bytes", array);
        }
        return buffer;
    }

    private static double[] scalars(String name, String dtype, byte[] bytes, ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        int size = size(dtype);
        if (size == 0 || bytes.length % size != 0) {
            throw new IllegalArgumentException("column '" + name + "': expected whole numbers of a kind that is known,"
                    + " found " + bytes.length + " bytes of '" + dtype + "'");
        }
        double[] numbers = new double[bytes.length / size];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = scalar(dtype, buffer, i * size);
        }
        return numbers;
    }

    /** Bytes of one number; 0 for a kind that is not known. */
    private static int size(String dtype) {
        return switch (dtype) {
            case "float64", "int64", "uint64" -> LARGEST_SCALAR;
            case "float32", "int32", "uint32" -> Integer.BYTES;
            case "int16", "uint16" -> Short.BYTES;
            case "int8", "uint8", "bool" -> 1;
            default -> 0;
        };
    }

    private static double scalar(String dtype, ByteBuffer bytes, int at) {
        return switch (dtype) {
            case "float64" -> bytes.getDouble(at);
            case "float32" -> bytes.getFloat(at);
            case "int64", "uint64" -> bytes.getLong(at);
            case "int32" -> bytes.getInt(at);
            case "uint32" -> Integer.toUnsignedLong(bytes.getInt(at));
            case "int16" -> bytes.getShort(at);
            case "uint16" -> Short.toUnsignedInt(bytes.getShort(at));
            case "int8" -> bytes.get(at);
            default -> Byte.toUnsignedInt(bytes.get(at));
        };
    }

    private static IllegalArgumentException unreadable(String name, String expected, JsonNode found) {
        String text = Json.text(found);
        return new IllegalArgumentException("column '" + name + "': expected " + expected + ", found "
                + text.substring(0, Math.min(60, text.length())));
    }
}
