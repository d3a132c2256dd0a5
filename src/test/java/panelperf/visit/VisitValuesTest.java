package panelperf.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VisitValuesTest {
    private static final URI PAGE = URI.create("http://localhost:5555/");

    @ParameterizedTest
    @EnumSource(Milestone.class)
    void a_milestone_is_found_by_its_word(Milestone milestone) {
        assertThat(Milestone.ofWord(milestone.word())).contains(milestone);
    }

    @Test
    void a_milestone_that_did_not_happen_is_absent_not_zero() {
        Milestones milestones = new Milestones(Map.of(Milestone.HTML, 4.5));

        assertThat(milestones.at(Milestone.HTML)).hasValue(4.5);
        assertThat(milestones.at(Milestone.SPINNER_GONE)).isEmpty();
    }

    @Test
    void milestones_do_not_change_with_the_map_they_were_made_from() {
        Map<Milestone, Double> source = new EnumMap<>(Map.of(Milestone.HTML, 4.5));
        Milestones milestones = new Milestones(source);

        source.put(Milestone.ACK, 9.0);

        assertThat(milestones.at(Milestone.ACK)).isEmpty();
    }

    @Test
    void a_milestone_before_the_intended_start_or_without_a_value_is_refused() {
        assertThatThrownBy(() -> new Milestones(Map.of(Milestone.HTML, -0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("milestone html: expected milliseconds");
        assertThatThrownBy(() -> new Milestones(Map.of(Milestone.HTML, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void more_loaders_left_than_were_seen_is_refused() {
        assertThatThrownBy(() -> new Loaders(1, 2)).hasMessageContaining("expected 0 <= left <= seen");
    }

    @Test
    void a_defect_of_the_engine_says_where() {
        Outcome.Failed failed = Outcome.Failed.of(new IllegalStateException());

        assertThat(failed.cause()).isEqualTo(Cause.ENGINE);
        assertThat(failed.detail())
                .startsWith(
                        "java.lang.IllegalStateException at panelperf.visit.VisitValuesTest.a_defect_of_the_engine");
    }

    @Test
    void a_cause_is_a_word_that_can_be_counted_by() {
        assertThat(new Outcome.Failed(Cause.status(500), "").cause()).isEqualTo("status_500");
        assertThatThrownBy(() -> new Outcome.Failed("Connection refused!", ""))
                .hasMessageContaining("expected a word like ws_closed, found 'Connection refused!'");
    }

    @Test
    void a_request_needs_an_absolute_url_and_time() {
        assertThatThrownBy(() -> new PageRequest(URI.create("/app"), "1", 0, Duration.ofSeconds(1)))
                .hasMessageContaining("expected an absolute http or https URL, found '/app'");
        assertThatThrownBy(() -> new PageRequest(PAGE, "1", 0, Duration.ZERO))
                .hasMessageContaining("expected more than 0");
    }

    @ParameterizedTest
    @CsvSource({"Host", "sec-websocket-protocol", "Origin", "two words", "''"})
    void a_header_that_a_browser_sets_itself_or_that_is_no_name_is_refused(String name) {
        assertThatThrownBy(() -> RequestHeaders.none().with(name, "geheim"))
                .hasMessageContaining("found '" + name + "'")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void the_values_of_headers_are_in_no_text() {
        RequestHeaders headers = RequestHeaders.none().with("authorization", "Bearer geheim");

        assertThat(headers.with("Authorization", "Bearer other").values()).hasSize(1);
        assertThat(headers.toString()).isEqualTo("[authorization]");
        assertThatThrownBy(() -> headers.with("X-Team", "geheim\r\nHost: x"))
                .hasMessageContaining("on one line")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void the_user_of_a_url_becomes_an_authorization_unless_there_is_one() {
        URI url = URI.create("http://ada:secret@localhost/app");

        assertThat(RequestHeaders.none().withUserOf(url).values())
                .containsExactly(Map.entry("Authorization", "Basic YWRhOnNlY3JldA=="));
        assertThat(RequestHeaders.none()
                        .with("Authorization", "own")
                        .withUserOf(url)
                        .values())
                .containsExactly(Map.entry("Authorization", "own"));
        assertThat(RequestHeaders.withoutUser(url)).isEqualTo(URI.create("http://localhost/app"));
    }

    @Test
    void a_visit_cannot_end_before_it_left_the_queue() {
        assertThatThrownBy(() -> PageView.unseen(new Outcome.Interrupted(), 5, 4))
                .hasMessageContaining("expected 0 <= queuedMs <= durationMs");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "302, false", "404, false", "500, false", "0, false"})
    void the_server_responded_when_the_document_came_with_2xx(int status, boolean responded) {
        PageView view = new PageView(
                status, new Outcome.TimedOut("pulled"), 0, 0, 10, Milestones.none(), Loaders.none(), 1, 0, null);
        Visit visit = new Visit(new VisitStart("load", 1, 0, PAGE, 1000), "light", view);

        assertThat(visit.serverResponded()).isEqualTo(responded);
        assertThat(visit.pageLoaded()).isFalse();
        assertThat(visit.endMs()).isEqualTo(1010);
    }
}
