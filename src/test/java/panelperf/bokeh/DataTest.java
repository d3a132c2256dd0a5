package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns as the wire has them. */
final class DataTest {
    @Test
    void numbers_travel_as_the_bytes_of_an_array_and_texts_as_a_list() {
        Data data = Data.empty().with("load", 1.0, -2.5).with("name", List.of("a", "b"));

        // struct.pack("<2d", 1.0, -2.5) in base64.
        assertThat(data.json().toString())
                .isEqualTo(
                        "{\"type\":\"map\",\"entries\":[[\"load\",{\"type\":\"ndarray\",\"array\":{\"type\":\"bytes\","
                                + "\"data\":\"AAAAAAAA8D8AAAAAAAAEwA==\"},\"shape\":[2],\"dtype\":\"float64\","
                                + "\"order\":\"little\"}],[\"name\",[\"a\",\"b\"]]]}");
    }

    @Test
    void columns_are_equally_long_and_differently_named() {
        Data data = Data.empty().with("x", 1, 2);

        assertThatThrownBy(() -> data.with("y", 1))
                .hasMessage(
                        "column 'y': expected 2 values, as many as the others have, found 1; make them equally long");
        assertThatThrownBy(() -> data.with("x", 1, 2)).hasMessageStartingWith("column 'x': expected it once");
    }
}
