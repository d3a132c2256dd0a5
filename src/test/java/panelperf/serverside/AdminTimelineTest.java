package panelperf.serverside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.bokeh.Json;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.Span;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.serverside.AdminTimeline.Quad;
import panelperf.verdict.SessionSample;

/** The timeline of admin pages, recorded from real servers and made by hand. */
final class AdminTimelineTest {
    /** The later ones log each session's begin and end twice, and tell of the admin page's own session. */
    @ParameterizedTest
    @ValueSource(strings = {"1.3.8", "1.9.4"})
    void every_session_of_a_recorded_server_is_joined_to_its_visit(String release) throws IOException {
        RecordedAdminPage page = RecordedAdminPage.of(release);
        AdminTimeline timeline = AdminTimeline.of(page.doc(), page.buffers()).orElseThrow();
        List<RecordedSession> sessions = timeline.sessions().stream()
                .filter(session -> session.initialisedMs().isPresent())
                .toList();

        List<RecordedSession> joined = Joining.byInstants(sessions, page.visits());

        assertThat(joined).hasSize(6).allSatisfy(session -> {
            assertThat(session.visit()).isPresent();
            assertThat(session.readyMs().orElseThrow())
                    .isGreaterThan(session.initialisedMs().orElseThrow());
            assertThat(session.destroyedMs().orElseThrow() - session.closedMs().orElseThrow())
                    .isBetween(14_000.0, 35_000.0);
        });
        assertThat(joined.stream().map(session -> session.visit().orElseThrow()).distinct())
                .hasSize(6);
        assertThat(joined.stream().filter(session -> session.fits() > 1))
                .as("four came at once, so most of theirs fit several")
                .hasSizeGreaterThan(1);
        double last = joined.get(5).destroyedMs().orElseThrow();
        assertThat(timeline.nowMs().orElseThrow())
                .as("the server's clock, some seconds after the last end")
                .isBetween(last, last + 30_000);

        Run run = Run.of(Runs.info("load"), List.of(), page.visits(), false).withSessions(joined);
        assertThat(SessionSample.overlapped(run))
                .as("Panel sets up one after the other")
                .isZero();
        assertThat(SessionSample.mostAlive(run)).isEqualTo(6);
        assertThat(SessionSample.joins(run)).isEqualTo(new SessionSample.Joins(6, 6, 0, 0));
    }

    @Test
    void a_later_session_may_bear_the_id_of_an_earlier_one() {
        List<RecordedSession> sessions = sessions(
                new Quad(100, 200, "7", "initializing", "Session 7 initializing"),
                new Quad(200, 300, "7", "rendering", "Session 7 rendering"),
                new Quad(310, 320, "7", "processing", "Session 7 processed events 'a'"),
                new Quad(900, 900, "7", "destroyed", "Session 7 destroyed"),
                new Quad(1000, 1100, "7", "initializing", "Session 7 initializing"),
                // Panel takes the first initialisation of that id for its beginning.
                new Quad(200, 1300, "7", "rendering", "Session 7 rendering"));

        assertThat(sessions)
                .containsExactly(
                        session("7", 100, 200, 300, 900, new Span(310, 320)),
                        session("7", 1000, 1100, 1300, Double.NaN));
    }

    /** As Panel 1.4.5 logs it: what is left of the first session's second beginning is taken for the second session's. */
    @Test
    void what_is_logged_twice_is_one_session_and_its_rest_does_not_spoil_a_later_one() {
        List<RecordedSession> sessions = sessions(
                new Quad(100, 200, "7", "initializing", "Session 7 initializing"),
                new Quad(110, 1100, "7", "initializing", "Session 7 initializing"),
                new Quad(200, 300, "7", "rendering", "Session 7 rendering"),
                new Quad(900, 900, "7", "destroyed", "Session 7 destroyed"),
                new Quad(903, 903, "7", "destroyed", "Session 7 destroyed"),
                new Quad(1000, 1000, "7", "processing", "Session 7 launching"),
                new Quad(1010, 1010, "7", "processing", "Session 7 launching"),
                new Quad(200, 1300, "7", "rendering", "Session 7 rendering"));

        assertThat(sessions)
                .containsExactly(session("7", 100, 200, 300, 900), session("7", 1000, 1100, 1300, Double.NaN));
    }

    @Test
    void a_session_of_a_websocket_alone_and_one_that_never_rendered_keep_what_is_known() {
        List<RecordedSession> sessions = sessions(
                new Quad(500, 500, "8", "processing", "Session 8 launching"),
                new Quad(100, 200, "7", "initializing", "Session 7 initializing"),
                new Quad(150, 150, "9", "logging", "Session 9 logged \"hello\""),
                new Quad(160, 170, "9", "processing", "Session 9 processed events"));

        assertThat(sessions)
                .as("by their beginning; of 9 no beginning is known")
                .containsExactly(
                        session("7", 100, 200, Double.NaN, Double.NaN),
                        session("8", 500, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void a_document_without_a_timeline_has_none_and_columns_of_different_lengths_are_refused() {
        ObjectNode document = Json.object();
        assertThat(AdminTimeline.of(document, Map.of())).isEmpty();

        ArrayNode entries = document.putArray("roots")
                .addObject()
                .putObject("attributes")
                .putObject("data")
                .put("type", "map")
                .putArray("entries");
        Stream.of("x0", "x1", "session", "type", "msg")
                .forEach(name -> entries.addArray().add(name).add(Json.array().add(1)));
        ((ArrayNode) entries.get(4).get(1)).add("more");

        assertThatThrownBy(() -> AdminTimeline.of((JsonNode) document, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the timeline: expected columns of one length, found 1, 1, 1, 1 and 2");
    }

    private static List<RecordedSession> sessions(Quad... quads) {
        return new AdminTimeline(List.of(quads), OptionalDouble.empty()).sessions();
    }

    private static RecordedSession session(
            String id, double created, double initialised, double ready, double destroyed, Span... handled) {
        return new RecordedSession(
                RecordedSession.Source.ADMIN_PAGE,
                id,
                created,
                known(initialised),
                known(ready),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                known(destroyed),
                List.of(handled),
                Optional.empty(),
                0);
    }

    private static OptionalDouble known(double ms) {
        return Double.isNaN(ms) ? OptionalDouble.empty() : OptionalDouble.of(ms);
    }
}
