package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DocumentTest {
    private final Model inner = Model.div("p2", "<pre> </pre>");
    private final Document document = new Document(
            "A title",
            List.of(Model.column("p1", "main", List.of(inner)).loading()),
            List.of(Model.customJs("p3", "ready()")));

    @Test
    void a_pull_shows_roots_title_version_and_callbacks() {
        JsonNode doc = document.pulled().path("doc");

        assertThat(doc.path("title").asText()).isEqualTo("A title");
        assertThat(doc.path("version").asText()).isEqualTo("3.3.4");
        assertThat(doc.at("/roots/0/name").asText()).isEqualTo("Column");
        assertThat(doc.at("/roots/0/attributes/css_classes").toString()).isEqualTo("[\"pn-loading\",\"pn-arc\"]");
        assertThat(doc.at("/roots/0/attributes/children/0/id").asText()).isEqualTo("p2");
        assertThat(doc.at("/callbacks/entries/0/0").asText()).isEqualTo("document_ready");
        assertThat(doc.at("/callbacks/entries/0/1/0/attributes/code").asText()).isEqualTo("ready()");
        assertThat(document.rootIds()).containsExactly("p1");
    }

    @Test
    void a_change_is_a_patch_now_and_part_of_the_next_pull() {
        JsonNode children = document.setChildren("p1", List.of(Model.div("p9", "<p>Hello</p>")));
        JsonNode loaded = document.endLoading("p1");

        assertThat(children.at("/events/0/kind").asText()).isEqualTo("ModelChanged");
        assertThat(children.at("/events/0/model/id").asText()).isEqualTo("p1");
        assertThat(children.at("/events/0/attr").asText()).isEqualTo("children");
        assertThat(children.at("/events/0/new/0/attributes/text").asText()).isEqualTo("<p>Hello</p>");
        assertThat(loaded.toString())
                .isEqualTo("{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"p1\"},"
                        + "\"attr\":\"css_classes\",\"new\":[]}]}");
        JsonNode root = document.pulled().at("/doc/roots/0/attributes");
        assertThat(root.at("/children/0/id").asText()).isEqualTo("p9");
        assertThat(root.path("css_classes")).isEmpty();
    }

    @Test
    void models_come_and_go_with_their_parents() {
        assertThat(document.knows("p2")).isTrue();
        assertThat(document.knows("p3")).isTrue();

        document.setChildren("p1", List.of(Model.div("p9", "")));

        assertThat(document.knows("p2")).isFalse();
        assertThat(document.knows("p9")).isTrue();
    }

    @Test
    void a_model_that_is_there_already_is_told_by_its_name_and_keeps_what_it_has_become() {
        Model words = Model.div("p9", "first");
        document.setChildren("p1", List.of(words));
        document.set("p9", "text", Json.object().put("v", "second").path("v"));

        JsonNode told = document.setChildren("p1", List.of(words, Model.div("p10", "more")));

        assertThat(told.at("/events/0/new/0").toString()).isEqualTo("{\"id\":\"p9\"}");
        assertThat(told.at("/events/0/new/1/attributes/text").asText()).isEqualTo("more");
        assertThat(document.pulled()
                        .at("/doc/roots/0/attributes/children/0/attributes/text")
                        .asText())
                .isEqualTo("second");
    }

    @Test
    void a_model_in_two_places_is_a_mistake_of_the_app_and_changes_nothing() {
        String before = document.pulled().toString();
        Model twice = Model.div("p9", "");

        assertThatThrownBy(() -> document.setChildren("p1", List.of(twice, twice)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "model 'p9': expected it in one place of the document, found it in two; make a model for each");
        assertThatThrownBy(() -> new Document("t", List.of(twice, twice), List.of()))
                .hasMessageStartingWith("model 'p9': expected it in one place");
        assertThat(document.pulled().toString()).isEqualTo(before);
        assertThat(document.knows("p9")).isFalse();
    }

    @Test
    void other_columns_are_a_change_of_data() {
        AtomicInteger ids = new AtomicInteger(70);
        Models models = new Models(() -> "p" + ids.incrementAndGet());
        Model source = models.source(Data.empty().with("x", 1.5));
        document.setChildren("p1", List.of(source));

        JsonNode told = document.setData(source.id(), Data.empty().with("x", 2.5));

        assertThat(told.at("/events/0/kind").asText()).isEqualTo("ColumnDataChanged");
        assertThat(told.at("/events/0/attr").asText()).isEqualTo("data");
        assertThat(document.pulled().findValue("data")).isEqualTo(told.at("/events/0/data"));
    }

    @Test
    void what_was_pulled_does_not_change_afterwards() {
        JsonNode pulled = document.pulled();
        String before = pulled.toString();

        document.endLoading("p1");

        assertThat(pulled.toString()).isEqualTo(before);
    }

    @Test
    void a_patch_of_a_model_that_is_not_there_is_a_mistake_of_the_app() {
        assertThatThrownBy(() -> document.endLoading("p99"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("patch of model 'p99': expected a model of the document, found none");
    }

    @Test
    void a_model_has_a_type_and_an_id() {
        assertThatThrownBy(() -> new Model("", "p1", Json.object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a type and an id");
    }
}
