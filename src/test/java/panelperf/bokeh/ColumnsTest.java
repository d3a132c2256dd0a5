package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns in each form in which they travel. */
final class ColumnsTest {
    @Test
    void what_data_writes_is_read_back() {
        Data data = Data.empty().with("x", 1.5, -2, Double.NaN).with("name", List.of("a", "b", "c"));
        JsonNode document = Json.array()
                .add(Json.object()
                        .put("name", "ColumnDataSource")
                        .set("attributes", Json.object().set("data", data.json())));

        List<Columns> found = Columns.in(document, Map.of());

        assertThat(found).singleElement().satisfies(columns -> {
            assertThat(columns.has("x", "name")).isTrue();
            assertThat(columns.has("x", "y")).isFalse();
            assertThat(columns.numbers("x")).containsExactly(1.5, -2, Double.NaN);
            assertThat(columns.texts("name")).containsExactly("a", "b", "c");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "float64, 000000000000f83f, 1.5",
        "float32, 0000c03f, 1.5",
        "int32, feffffff, -2",
        "uint32, feffffff, 4294967294",
        "int16, feff, -2",
        "uint16, feff, 65534",
        "int8, fe, -2",
        "uint8, fe, 254",
        "bool, 01, 1",
        "int64, feffffffffffffff, -2",
    })
    void arrays_of_every_kind_are_read_from_base64_and_from_buffers(String dtype, String hex, double number)
            throws JsonProcessingException {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        String base64 = Base64.getEncoder().encodeToString(bytes);

        assertThat(column("{'type':'ndarray','array':{'type':'bytes','data':'" + base64 + "'},'shape':[1],'dtype':'"
                                + dtype + "','order':'little'}")
                        .numbers("c"))
                .containsExactly(number);
        assertThat(new Columns(
                                Map.of(
                                        "c",
                                        json("{'type':'ndarray','array':{'type':'bytes','data':{'id':'b1'}},'dtype':'"
                                                + dtype + "'}")),
                                Map.of("b1", bytes))
                        .numbers("c"))
                .containsExactly(number);
    }

    @Test
    void big_endian_lists_and_arrays_of_objects_are_read() throws JsonProcessingException {
        byte[] big = ByteBuffer.allocate(8)
                .order(ByteOrder.BIG_ENDIAN)
                .putDouble(1.5)
                .array();
        String base64 = Base64.getEncoder().encodeToString(big);

        assertThat(column("{'array':{'type':'bytes','data':'" + base64 + "'},'dtype':'float64','order':'big'}")
                        .numbers("c"))
                .containsExactly(1.5);
        assertThat(column("[1,2.5,{'type':'number','value':'nan'}]").numbers("c"))
                .containsExactly(1, 2.5, Double.NaN);
        assertThat(column("{'type':'ndarray','array':['a',7],'shape':[2],'dtype':'object'}")
                        .texts("c"))
                .containsExactly("a", "7");
    }

    @Test
    void what_cannot_be_read_is_named() {
        assertThatThrownBy(() -> column("{'array':{'data':{'id':'b9'}},'dtype':'float64'}")
                        .numbers("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "column 'c': expected a list, or an array with its bytes, found {\"data\":{\"id\":\"b9\"}}");
        assertThatThrownBy(() ->
                        column("{'array':{'data':'AAAA'},'dtype':'float64'}").numbers("c"))
                .hasMessageContaining("found 3 bytes of 'float64'");
        assertThatThrownBy(() ->
                        column("{'array':{'data':'AAAA'},'dtype':'complex64'}").numbers("c"))
                .hasMessageContaining("found 3 bytes of 'complex64'");
        assertThatThrownBy(() -> column("{'type':'map'}").texts("c"))
                .hasMessage("column 'c': expected texts, found {\"type\":\"map\"}");
        assertThatThrownBy(() -> column("[]").numbers("d"))
                .hasMessage("column 'd': expected it beside [c], found none");
    }

    private static Columns column(String json) throws JsonProcessingException {
        return new Columns(Map.of("c", json(json)), Map.of());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.read(text.replace('\'', '"'));
    }
}
