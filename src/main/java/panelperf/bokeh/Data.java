package panelperf.bokeh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a {@code ColumnDataSource}, as the wire has them (bokeh/core/serialization.py): texts are a list, numbers
 * an array whose bytes are base64.
 *
 * @param columns by name, in order; not to be changed afterwards
 * @param rows how long each of them is
 */
public record Data(Map<String, JsonNode> columns, int rows) {
    public Data {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** No columns yet; the first says how long all are. */
    public static Data empty() {
        return new Data(Map.of(), 0);
    }

    /** These columns, and one of numbers. */
    public Data with(String column, double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, numbers.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            bytes.putDouble(number);
        }
        ObjectNode array = Json.object().put("type", "ndarray");
        array.putObject("array")
                .put("type", "bytes")
                .put("data", Base64.getEncoder().encodeToString(bytes.array()));
        array.putArray("shape").add(numbers.length);
        array.put("dtype", "float64").put("order", "little");
        return with(column, array, numbers.length);
    }

    /** These columns, and one of texts. */
    public Data with(String column, List<String> texts) {
        ArrayNode list = Json.array();
        texts.forEach(list::add);
        return with(column, list, texts.size());
    }

    private Data with(String column, JsonNode values, int length) {
        if (!columns.isEmpty() && length != rows) {
            throw new IllegalArgumentException("column '" + column + "': expected " + rows
                    + " values, as many as the others have, found " + length + "; make them equally long");
        }
        Map<String, JsonNode> more = new LinkedHashMap<>(columns);
        if (more.put(column, values) != null) {
            throw new IllegalArgumentException(
                    "column '" + column + "': expected it once, found it twice; name each column differently");
        }
        return new Data(more, length);
    }

    /** The value of a source's attribute {@code data}. */
    JsonNode json() {
        ObjectNode map = Json.object().put("type", "map");
        ArrayNode entries = map.putArray("entries");
        columns.forEach((name, values) -> entries.add(Json.array().add(name).add(values.deepCopy())));
        return map;
    }
}
