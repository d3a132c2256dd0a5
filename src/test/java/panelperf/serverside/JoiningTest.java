package panelperf.serverside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.run.RecordedSession;
import panelperf.run.RecordedSession.VisitName;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Visit;

/** Which session is whose, by instants: times in ms, users by number. */
final class JoiningTest {
    @Test
    void one_visit_and_one_session_that_fit_each_other_are_joined_with_the_end_of_the_visit_as_the_sockets() {
        List<RecordedSession> joined = Joining.byInstants(List.of(session(110, 190)), List.of(visit(3, 100, 100, 400)));

        assertThat(joined).singleElement().satisfies(session -> {
            assertThat(session.visit()).contains(new VisitName("load", 3, 0));
            assertThat(session.closedMs()).hasValue(500);
            assertThat(session.fits()).isEqualTo(1);
        });
    }

    @Test
    void clocks_may_differ_by_their_granularity_and_no_more() {
        Visit visit = visit(1, 100, 100, 400);

        assertThat(users(Joining.byInstants(List.of(session(98.5, 201.5)), List.of(visit))))
                .containsExactly("1");
        assertThat(users(Joining.byInstants(List.of(session(97.5, 150)), List.of(visit))))
                .containsExactly("-");
        assertThat(users(Joining.byInstants(List.of(session(110, 202.5)), List.of(visit))))
                .containsExactly("-");
    }

    /** The server set them up one after the other: whoever got a page first can have the first session alone. */
    @Test
    void those_who_came_at_once_are_told_apart_by_when_their_pages_came() {
        List<Visit> visits = List.of(visit(1, 0, 400, 900), visit(2, 0, 100, 900), visit(3, 0, 200, 900));

        List<RecordedSession> joined =
                Joining.byInstants(List.of(session(205, 290), session(5, 90), session(105, 190)), visits);

        assertThat(users(joined)).containsExactly("2", "3", "1");
        assertThat(joined.stream().map(RecordedSession::fits)).containsExactly(3, 2, 1);
    }

    @Test
    void two_that_could_be_either_way_round_are_left_and_counted() {
        List<RecordedSession> joined = Joining.byInstants(
                List.of(session(10, 50), session(60, 90)), List.of(visit(1, 0, 200, 900), visit(2, 0, 210, 900)));

        assertThat(users(joined)).containsExactly("-", "-");
        assertThat(joined.stream().map(RecordedSession::fits)).containsExactly(2, 2);
    }

    @Test
    void two_are_told_apart_by_when_their_pages_were_drawn() {
        List<RecordedSession> joined = Joining.byInstants(
                List.of(
                        session(10, 50, OptionalDouble.of(800)),
                        session(60, 90, OptionalDouble.of(300)),
                        session(1_010, 1_050, OptionalDouble.of(1_100))),
                List.of(visit(1, 0, 200, 400), visit(2, 0, 210, 900), visit(3, 1_000, 90, 95)));

        assertThat(users(joined))
                .as("the third's page was gone before it was drawn")
                .containsExactly("2", "1", "-");
    }

    /** Panel 1.3.8 with a pool of threads, seen on a busy machine: the first page's event was logged as the second's. */
    @Test
    void when_a_page_was_drawn_is_not_believed_while_a_session_lives_of_which_that_is_not_told() {
        List<Visit> visits = List.of(visit(1, 0, 100, 160), visit(2, 100, 100, 300));

        assertThat(users(Joining.byInstants(
                        List.of(session(10, 90, OptionalDouble.empty()), session(110, 190, OptionalDouble.of(150))),
                        visits)))
                .containsExactly("1", "2");
        assertThat(users(Joining.byInstants(
                        List.of(session(10, 90, OptionalDouble.of(140)), session(110, 190, OptionalDouble.of(150))),
                        visits)))
                .as("all tell, and the second of somebody else's page")
                .containsExactly("1", "-");
    }

    /** Another visitor's session lies within the time of a visit. */
    @Test
    void a_session_of_somebody_else_makes_a_visit_ambiguous_and_no_other() {
        List<RecordedSession> joined = Joining.byInstants(
                List.of(session(10, 50), session(60, 90), session(510, 590)),
                List.of(visit(1, 0, 200, 900), visit(2, 500, 100, 900)));

        assertThat(users(joined)).containsExactly("-", "-", "2");
    }

    /** One of two processes told: the other's visit must not get a session of this one's. */
    @Test
    void where_a_session_is_missing_nothing_is_concluded() {
        List<Visit> visits = List.of(visit(1, 0, 100, 900), visit(2, 0, 300, 900));

        assertThat(users(Joining.byInstants(List.of(session(10, 90)), visits))).containsExactly("-");
        assertThat(users(Joining.byInstants(
                        List.of(session(10, 90), session(110, 190)),
                        List.of(visit(1, 0, 100, 900), visit(2, 0, 95, 900), visit(3, 0, 300, 900)))))
                .as("three visits, two sessions")
                .containsExactly("-", "-");
        assertThat(users(Joining.byInstants(
                        List.of(session(10, 90), session(110, 190), session(120, 195)),
                        List.of(visit(1, 0, 100, 900), visit(2, 0, 95, 900), visit(3, 0, 300, 900)))))
                .as("enough sessions, but one for two visits")
                .containsExactly("-", "-", "-");
    }

    @Test
    void visits_without_a_page_and_sessions_without_a_set_up_are_nobodys() {
        Visit unseen =
                new Visit(visit(1, 0, 1, 1).start(), "light", PageView.unseen(new Outcome.TimedOut("html"), 0, 60_000));
        RecordedSession byWebsocket = new RecordedSession(
                RecordedSession.Source.ADMIN_PAGE,
                "7",
                10,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                Optional.empty(),
                0);

        assertThat(users(Joining.byInstants(List.of(session(10, 90)), List.of(unseen))))
                .containsExactly("-");
        assertThat(users(Joining.byInstants(List.of(byWebsocket), List.of(visit(1, 0, 100, 900)))))
                .containsExactly("-");
    }

    /**
     * A server of one loop, under visitors at random, some of whom are not ours: what is joined is joined rightly, for every
     * seed; also where one page in so many that was drawn is told as another's, or not at all.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.75", "40, 0.40"})
    void nothing_is_joined_wrongly(int oneWrongIn, double least) {
        int joined = 0;
        int pages = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<RecordedSession> sessions = new ArrayList<>();
            List<Visit> visits = new ArrayList<>();
            List<String> truth = new ArrayList<>();
            double asked = 0;
            double free = 0;
            double toldOfNext = -1;
            for (int user = 0; user < 60; user++) {
                asked += random.nextDouble() * 150;
                double begun = Math.max(asked, free) + random.nextDouble();
                free = begun + 75 + random.nextDouble() * 25;
                double html = free + 3 + random.nextDouble() * 30;
                double drawn = html + 100 + random.nextDouble() * 100;
                OptionalDouble told = OptionalDouble.of(drawn);
                if (toldOfNext > begun) {
                    told = OptionalDouble.of(toldOfNext); // once for each session, so its own is not told any more
                    toldOfNext = -1;
                } else if (oneWrongIn > 0 && random.nextInt(oneWrongIn) == 0) {
                    told = OptionalDouble.empty();
                    toldOfNext = drawn;
                }
                sessions.add(session(begun, free, told));
                boolean somebodyElses = random.nextInt(20) == 0;
                if (!somebodyElses) {
                    visits.add(RecordedAdminPage.visit(
                            user,
                            asked,
                            html - asked,
                            drawn - asked - random.nextDouble() * 90,
                            drawn - asked + random.nextDouble() * 50));
                }
                truth.add(Integer.toString(user));
            }
            pages += visits.size();
            Collections.shuffle(visits, random);

            List<String> found = users(Joining.byInstants(sessions, visits));

            for (int i = 0; i < found.size(); i++) {
                if (!found.get(i).equals("-")) {
                    joined++;
                    assertThat(found.get(i)).as("seed %d, session %d", seed, i).isEqualTo(truth.get(i));
                }
            }
        }
        assertThat(joined).as("of %d visits", pages).isGreaterThan((int) (pages * least));
    }

    @Test
    void our_targets_sessions_are_joined_by_their_ids() {
        String told = """
                {"id":"id-2","number":1,"state":"destroyed","connections":0,"createdMs":1000.5,"initialisedMs":1001,\
                "connectedMs":1002,"readyMs":1003,"renderingMs":1003,"renderedMs":1004,"closedMs":1005,"destroyedMs":20000}
                {"id":"other","number":2,"state":"created","connections":0,"createdMs":900,"initialisedMs":null}
                """;

        List<RecordedSession> joined =
                Joining.byId(OurSessions.read(told), List.of(visit(1, 0, 1, 2), visit(2, 0, 1, 2)));

        assertThat(users(joined)).containsExactly("-", "2");
        assertThat(joined.get(0).initialisedMs()).isEmpty();
        assertThat(joined.get(1).closedMs()).hasValue(1005);
        assertThat(joined.get(1).destroyedMs()).hasValue(20_000);
    }

    private static List<String> users(List<RecordedSession> sessions) {
        return sessions.stream()
                .map(session -> session.visit()
                        .map(visit -> Long.toString(visit.user()))
                        .orElse("-"))
                .toList();
    }

    private static Visit visit(int user, double startMs, double htmlMs, double endMs) {
        return RecordedAdminPage.visit(user, startMs, htmlMs, endMs);
    }

    private static RecordedSession session(double createdMs, double initialisedMs) {
        return session(createdMs, initialisedMs, OptionalDouble.empty());
    }

    private static RecordedSession session(double createdMs, double initialisedMs, OptionalDouble readyMs) {
        return new RecordedSession(
                RecordedSession.Source.ADMIN_PAGE,
                Arrays.toString(new double[] {createdMs}),
                createdMs,
                OptionalDouble.of(initialisedMs),
                readyMs,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                Optional.empty(),
                0);
    }
}
