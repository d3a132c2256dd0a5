package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models that apps are built of. */
final class ModelsTest {
    private final AtomicInteger ids = new AtomicInteger();
    private final Models models = new Models(() -> "p" + ids.incrementAndGet());

    @Test
    void a_figure_defines_each_model_before_it_refers_to_it() {
        Model source = models.source(Data.empty().with("x", 0, 1).with("y", 2, 3));
        JsonNode figure = models.line(source, new LineFigure("t", "x", "xs", "y", "ys", 200))
                .json();

        List<String> defined = new ArrayList<>();
        Set<String> early = new HashSet<>();
        walk(figure, defined, early);

        assertThat(early).as("references before their definitions").isEmpty();
        assertThat(defined).doesNotHaveDuplicates().contains(source.id());
        assertThat(figure.at("/attributes/title/attributes/text").asText()).isEqualTo("t");
        assertThat(figure.at("/attributes/below/0/attributes/axis_label").asText())
                .isEqualTo("xs");
        assertThat(figure.at("/attributes/left/0/attributes/axis_label").asText())
                .isEqualTo("ys");
    }

    private static void walk(JsonNode value, List<String> defined, Set<String> early) {
        if (value.path("type").asText().equals("object")) {
            defined.add(value.path("id").asText());
        } else if (value.has("id") && !defined.contains(value.path("id").asText())) {
            early.add(value.path("id").asText());
        }
        value.forEach(child -> walk(child, defined, early));
    }

    @Test
    void every_model_of_a_figure_may_be_spoken_of_by_a_client() {
        Model source = models.source(Data.empty().with("x", 0).with("y", 2));
        Model figure = models.line(source, new LineFigure("t", "x", "xs", "y", "ys", 200));
        Document document = models.document("t", figure);

        for (String part : List.of("x_range", "y_range", "x_scale", "toolbar", "title")) {
            String id = figure.attributes().path(part).path("id").asText();
            assertThat(document.knows(id)).as(part).isTrue();
        }
    }

    @Test
    void a_document_takes_the_spinner_of_the_page_away_once_it_is_drawn() {
        JsonNode doc = models.document("t", models.div("x")).pulled().path("doc");

        assertThat(doc.at("/callbacks/entries/0/0").asText()).isEqualTo("document_ready");
        assertThat(doc.at("/callbacks/entries/0/1/0/attributes/code").asText())
                .contains("body.classList.remove('pn-loading'");
    }

    @Test
    void a_loader_has_its_style_with_it_for_where_no_style_sheet_reaches() {
        assertThat(models.loader().attributes().at("/stylesheets/0").asText()).contains(":host(.pn-loading)");
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 1, 5", "0, 10, 0, 5", "0, 10, 1, 11", "0, 10, 1, -1", "0, NaN, 1, 5"})
    void a_slider_stands_in_its_range(double start, double end, double step, double value) {
        assertThatThrownBy(() -> models.slider("n", start, end, step, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "slider 'n': expected start <= value <= end and a step above 0, found " + start);
    }
}
