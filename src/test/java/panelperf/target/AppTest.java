package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import panelperf.bokeh.Json;
import panelperf.bokeh.Model;
import panelperf.bokeh.Models;
import panelperf.session.Knobs;

/** What an app may be, and what becomes of one that is at fault. */
final class AppTest {
    private final AtomicInteger ids = new AtomicInteger();
    private final Models models = new Models(() -> "p" + ids.incrementAndGet());

    @Test
    void an_app_that_throws_over_a_change_is_an_error_and_what_it_changed_before_is_told() {
        App app = fresh -> {
            Model words = fresh.div("before");
            Model slider = fresh.slider("n", 0, 9, 1, 4);
            return new App.Made(fresh.document("t", slider, words)).onSlide(slider, (value, changes) -> {
                changes.set(words, "text", "after");
                throw new IllegalStateException("no such guest");
            });
        };
        try (VirtualServer server = new VirtualServer(app, Knobs.standard())) {
            VirtualSocket socket = server.openSocket();
            socket.messages();

            socket.send("PATCH-DOC", "m1", change("p1001", "value", "5"));

            List<VirtualSocket.Received> messages = socket.messages();
            assertThat(messages).extracting(VirtualSocket.Received::type).containsExactly("PATCH-DOC", "ERROR");
            assertThat(messages.get(0).content().at("/events/0/new").asText()).isEqualTo("after");
            assertThat(messages.get(1).content().path("text").asText())
                    .isEqualTo("RuntimeError(\"the app failed over value\")");
        }
    }

    @Test
    void deferred_content_that_fits_nowhere_takes_its_spinner_away_and_the_server_lives_on() {
        App app = fresh -> {
            Model once = fresh.div("once");
            Model loader = fresh.loader();
            return new App.Made(fresh.document("t", once, loader)).later(loader, Duration.ZERO, () -> List.of(once));
        };
        try (VirtualServer server = new VirtualServer(app, Knobs.standard())) {
            VirtualSocket socket = server.openSocket();
            socket.messages();

            socket.send("PATCH-DOC", "m1", VirtualSocket.DOCUMENT_READY);
            server.render();

            List<VirtualSocket.Received> messages = socket.messages();
            assertThat(messages).extracting(VirtualSocket.Received::type).containsExactly("OK", "PATCH-DOC");
            assertThat(messages.get(1).content().at("/events/0/attr").asText()).isEqualTo("css_classes");
        }
    }

    @Test
    void any_property_may_be_heard_with_a_check_of_its_own() {
        List<JsonNode> heard = new ArrayList<>();
        App app = fresh -> {
            Model box = new Model("TextInput", fresh.id(), Json.object());
            return new App.Made(fresh.document("t", box))
                    .onChange(new App.Editable(
                            box.id(), "value", Accepted.text(5), (value, changes) -> heard.add(value)));
        };
        try (VirtualServer server = new VirtualServer(app, Knobs.standard())) {
            VirtualSocket socket = server.openSocket();
            socket.messages();

            socket.send("PATCH-DOC", "m1", change("p1000", "value", "\"right\""));
            socket.send("PATCH-DOC", "m2", change("p1000", "value", "\"too long\""));
            socket.send("PATCH-DOC", "m3", change("p1000", "value", "7"));

            assertThat(heard).containsExactly(TextNode.valueOf("right"));
            assertThat(socket.messages())
                    .extracting(VirtualSocket.Received::type)
                    .containsExactly("OK", "ERROR", "ERROR");
        }
    }

    @Test
    void a_flag_is_true_or_false() {
        assertThat(Accepted.flag().test().test(Json.object().put("v", true).path("v")))
                .isTrue();
        assertThat(Accepted.flag().test().test(TextNode.valueOf("true"))).isFalse();
    }

    @Test
    void a_loader_must_be_in_the_document() {
        Model elsewhere = models.loader();
        App.Made made = new App.Made(models.document("t"));

        assertThatThrownBy(() -> made.later(elsewhere, Duration.ZERO, List::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deferred part: expected a model of the document, found '" + elsewhere.id()
                        + "'; name the loader's id");
    }

    @Test
    void a_delay_is_0_to_a_day() {
        for (Duration delay : List.of(Duration.ofMillis(-1), Duration.ofDays(2))) {
            assertThatThrownBy(() -> new App.Deferred("p1", delay, List::of, Optional.empty()))
                    .hasMessage("delay: expected 0 to a day, found " + delay
                            + "; a page that takes longer is never loaded");
            assertThatThrownBy(() -> new App.After(delay, changes -> {})).hasMessageStartingWith("delay: expected");
        }
    }

    private static String change(String id, String attribute, String value) {
        return "{\"events\":[{\"kind\":\"ModelChanged\",\"model\":{\"id\":\"" + id + "\"},\"attr\":\"" + attribute
                + "\",\"new\":" + value + "}]}";
    }
}
