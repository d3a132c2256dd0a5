package panelperf.bokeh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
