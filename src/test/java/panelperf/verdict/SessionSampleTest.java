package panelperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.Span;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Visit;

/** The server's own figures, from sessions and visits with instants in ms. */
final class SessionSampleTest {
    private static final double NEVER = Double.NaN;

    @Test
    void what_has_not_ended_is_longer_than_everything_and_what_is_not_known_is_left_out() {
        Run run = run(session(0, 90, 300, 5_000), session(100, 180, NEVER, NEVER), session(200, NEVER, NEVER, 400));

        assertThat(SessionSample.initialisationMs(run)).containsExactly(90, 80);
        assertThat(SessionSample.lifetimeMs(run)).containsExactly(5_000, Double.POSITIVE_INFINITY, 200);
        assertThat(SessionSample.closeToEndMs(run)).containsExactly(4_700);
    }

    @Test
    void the_most_alive_at_once_counts_who_has_not_ended() {
        assertThat(SessionSample.mostAlive(
                        run(session(0, 90, NEVER, 100), session(50, 60, NEVER, NEVER), session(100, 120, NEVER, 130))))
                .as("one ends as the third begins")
                .isEqualTo(2);
        assertThat(SessionSample.mostAlive(run(session(5, 5, NEVER, 5), session(5, 5, NEVER, 5))))
                .as("no time at all")
                .isZero();
        assertThat(SessionSample.mostAlive(run())).isZero();
    }

    @Test
    void set_ups_overlap_when_one_begins_before_another_has_ended() {
        assertThat(SessionSample.overlapped(run(
                        session(0, 90, NEVER, NEVER), session(90, 180, NEVER, NEVER), session(185, 260, NEVER, NEVER))))
                .isZero();
        assertThat(SessionSample.overlapped(run(
                        session(0, 500, NEVER, NEVER),
                        session(10, 20, NEVER, NEVER),
                        session(400, 450, NEVER, NEVER),
                        session(600, 700, NEVER, NEVER))))
                .as("two within a long one, and one later")
                .isEqualTo(3);
    }

    @Test
    void joins_are_counted_by_visits_and_what_is_left_by_sessions() {
        RecordedSession own = session(0, 1, NEVER, NEVER)
                .withFits(2)
                .of(new RecordedSession.VisitName("load", 1, 0), OptionalDouble.empty());
        Run run = runOf(
                List.of(waiting(1, 0, 10, Map.of(Milestone.HTML, 5.0)), waiting(2, 0, 10, Map.of())),
                own,
                session(2, 3, NEVER, NEVER).withFits(1),
                session(4, 5, NEVER, NEVER));

        assertThat(SessionSample.joins(run)).isEqualTo(new SessionSample.Joins(1, 1, 1, 1));
    }

    @Test
    void the_longest_destruction_is_that_during_which_a_visit_waited() {
        Visit stuck = waiting(1, 900, 6_000, Map.of(Milestone.HTML, 50.0, Milestone.WS_OPEN, 5_500.0));
        Run run = runOf(
                List.of(stuck),
                session(0, 90, NEVER, 1_000),
                session(100, 190, NEVER, 2_000),
                session(200, 290, NEVER, 3_500),
                session(900, 950, NEVER, NEVER),
                // A longer one, when nobody was there.
                session(300, 390, NEVER, 10_000),
                session(400, 490, NEVER, 13_000),
                session(500, 590, NEVER, 16_000));

        assertThat(SessionSample.longestDestruction(run)).contains(new SessionSample.Destruction(1_000, 3_500, 3, 1));
    }

    @Test
    void a_visit_that_came_in_the_middle_waited_from_then_on() {
        Visit late = waiting(1, 1_500, 9_000, Map.of());
        Run run = runOf(
                List.of(late),
                session(0, 90, NEVER, 1_000),
                session(100, 190, NEVER, 2_000),
                session(200, 290, NEVER, 3_500));

        assertThat(SessionSample.longestDestruction(run)).contains(new SessionSample.Destruction(1_500, 3_500, 2, 1));
    }

    /** A deadline ends a visit without the server's doing. */
    @Test
    void a_visit_that_gave_up_in_the_middle_waited_until_then() {
        Visit late = waiting(1, 900, 1_700, Map.of());
        Run run = runOf(
                List.of(late),
                session(0, 90, NEVER, 1_000),
                session(100, 190, NEVER, 2_000),
                session(200, 290, NEVER, 3_500));

        assertThat(SessionSample.longestDestruction(run)).contains(new SessionSample.Destruction(1_000, 2_000, 2, 1));
    }

    @Test
    void anything_else_that_the_server_did_ends_a_destruction() {
        Visit stuck = waiting(1, 900, 6_000, Map.of());

        assertThat(SessionSample.longestDestruction(runOf(
                        List.of(stuck),
                        session(0, 90, NEVER, 1_000),
                        session(100, 190, NEVER, 2_000),
                        session(1_100, 1_200, NEVER, NEVER))))
                .as("it set up another session")
                .isEmpty();
        assertThat(SessionSample.longestDestruction(runOf(
                        List.of(stuck),
                        session(0, 90, NEVER, 1_000, new Span(1_400, 1_410)),
                        session(100, 190, NEVER, 2_000))))
                .as("it handled events")
                .isEmpty();
        assertThat(SessionSample.longestDestruction(runOf(
                        List.of(waiting(1, 900, 20_000, Map.of())),
                        session(0, 90, NEVER, 1_000),
                        session(100, 190, NEVER, 18_000))))
                .as("two passes of the clean-up, with idle time between them")
                .isEmpty();
        assertThat(SessionSample.longestDestruction(runOf(List.of(stuck), session(0, 90, NEVER, 1_000))))
                .as("one end has no length")
                .isEmpty();
    }

    private static Run run(RecordedSession... sessions) {
        return runOf(List.of(), sessions);
    }

    private static Run runOf(List<Visit> visits, RecordedSession... sessions) {
        return Run.of(Runs.info("load"), List.of(), visits, false).withSessions(List.of(sessions));
    }

    private static Visit waiting(long user, double startMs, double durationMs, Map<Milestone, Double> at) {
        PageView view = new PageView(
                200, new Outcome.Loaded(), 0, 0, durationMs, new Milestones(at), new Loaders(1, 0), 1, 1, null);
        return new Visit(new panelperf.visit.VisitStart("load", user, 0, Runs.PAGE, startMs), "light", view);
    }

    private static RecordedSession session(
            double created, double initialised, double closed, double destroyed, Span... handled) {
        return new RecordedSession(
                RecordedSession.Source.ADMIN_PAGE,
                "s" + created,
                created,
                known(initialised),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                known(closed),
                known(destroyed),
                List.of(handled),
                Optional.empty(),
                0);
    }

    private static OptionalDouble known(double ms) {
        return Double.isNaN(ms) ? OptionalDouble.empty() : OptionalDouble.of(ms);
    }
}
