package panelperf.target.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionKey;
import panelperf.session.Work;
import panelperf.time.Timeline;

/** What the history makes of what it is told, as its feed says it. */
final class HistoryTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Limits SMALL = new Limits(3, 4, 5, 6, 10, 2, 1, Duration.ofMillis(1), Duration.ofMillis(100));

    private long now;

    private final History history = history(Limits.standard());

    private History history(Limits limits) {
        return new History(() -> now, new Timeline(0, 1_000_000), limits);
    }

    private static Feed feed(History history) {
        return new Feed(history, new ServerFacts("name", "version", 0), RecordingStatus::none);
    }

    private static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }

    private static ServerSession session(long number, int connections, long... ms) {
        List<OptionalLong> at = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            at.add(i < ms.length && ms[i] >= 0 ? OptionalLong.of(ms[i] * MS) : OptionalLong.empty());
        }
        return new ServerSession(
                new SessionKey("id" + number, number),
                connections,
                ms[0] * MS,
                at.get(1),
                at.get(2),
                at.get(3),
                at.get(4),
                at.get(5),
                at.get(6),
                at.get(7));
    }

    private static Hold hold(Work work, long session, long queuedMs, long startMs, long endMs) {
        return new Hold(
                work,
                session == 0 ? Optional.empty() : Optional.of(new SessionKey("id" + session, session)),
                queuedMs * MS,
                startMs * MS,
                endMs * MS);
    }

    @Test
    void figures_are_defined_as_panels_are() throws Exception {
        // Asked for at 0, built from 40 to 100, drawn at 500, rendered at 700, closed at 1000, destroyed at 20 s.
        history.changed(session(1, 0, 0));
        history.held(hold(Work.INITIALISE, 1, 0, 40, 100));
        history.changed(session(1, 0, 0, 100));
        history.changed(session(1, 1, 0, 100, 300, 500));
        history.changed(session(1, 1, 0, 100, 300, 500, 510, 700));
        history.changed(session(1, 0, 0, 100, 300, 500, 510, 700, 1000));
        history.changed(session(1, 0, 0, 100, 300, 500, 510, 700, 1000, 20_000));
        history.changed(session(2, 0, 20_000));

        JsonNode snapshot = read(feed(history).snapshot());

        assertThat(snapshot.at("/census/total").asInt()).isEqualTo(2);
        assertThat(snapshot.at("/census/active").asInt()).isEqualTo(1);
        assertThat(snapshot.at("/profile/timeToRender/meanMs").asDouble()).isEqualTo(460);
        assertThat(snapshot.at("/profile/spinner/meanMs").asDouble()).isEqualTo(700);
        assertThat(snapshot.at("/profile/duration/meanMs").asDouble()).isEqualTo(19_960);
        assertThat(snapshot.at("/profile/phases"))
                .extracting(phase -> phase.at("/name").asText()
                        + " " + phase.at("/spent/n").asInt() + " "
                        + phase.at("/spent/sumMs").asInt())
                .containsExactly(
                        "initialising 1 100", "rendering 1 400", "processing 1 200", "idle 1 300", "waiting 1 19000");
    }

    @Test
    void live_sessions_are_coming_connected_or_merely_waiting() {
        history.changed(session(1, 0, 0));
        history.changed(session(2, 0, 0, 10));
        history.changed(session(3, 1, 0, 10, 20));
        history.changed(session(4, 0, 0, 10, 20, 30, 40, 50, 60));

        assertThat(history.ask(History.Known::census)).isEqualTo(new Census(4, 2, 1, 1));
        history.changed(session(4, 1, 0, 10, 20, 30, 40, 50));
        history.changed(session(3, 0, 0, 10, 20, -1, -1, -1, 70, 90));
        assertThat(history.ask(History.Known::census)).isEqualTo(new Census(4, 2, 1, 0));
    }

    @Test
    void a_session_that_closes_before_its_page_is_drawn_skips_what_it_never_did() {
        List<Phase.Stretch> phases = Phase.of(session(1, 0, 0, 10, 20, -1, -1, -1, 30, 90));

        assertThat(phases)
                .extracting(Phase.Stretch::phase)
                .containsExactly(Phase.INITIALISING, Phase.RENDERING, Phase.WAITING);
    }

    @Test
    void a_stall_knows_who_waited_for_it() {
        history.held(hold(Work.DESTROY, 1, 0, 0, 400));
        history.held(hold(Work.DESTROY, 2, 0, 400, 900));
        history.held(hold(Work.SEND, 7, 100, 900, 903));
        history.held(hold(Work.ANSWER, 8, 880, 903, 904));
        history.held(hold(Work.CONNECT, 9, 904, 904, 905));

        List<Stall> stalls = history.ask(known -> known.stalls().longest());

        assertThat(stalls).singleElement().satisfies(stall -> {
            assertThat(stall.holds()).isEqualTo(2);
            assertThat(stall.heldNanos()).isEqualTo(900 * MS);
            assertThat(stall.waiters()).isEqualTo(2);
            assertThat(stall.longest())
                    .extracting(waiter -> waiter.work() + " " + waiter.waitedNanos() / MS)
                    .containsExactly("SEND 800", "ANSWER 20");
        });
        assertThat(history.log().after(0, 10)).singleElement().satisfies(line -> {
            assertThat(line.value().level()).isEqualTo(LogLine.Level.WARN);
            assertThat(line.value().text()).isEqualTo("the document loop was held for 400 ms: destroy");
        });
    }

    @Test
    void the_loops_and_the_pools_time_is_spread_over_the_slots_that_it_took() {
        history.held(hold(Work.DESTROY, 1, 0, 100, 500));
        history.rendered(new PoolUse(new SessionKey("id1", 1), 0, 0, 150 * MS, 250 * MS));

        List<Load.View> slots = history.ask(known -> known.load().all());

        assertThat(slots)
                .extracting(slot -> slot.loopNanos().get(List.of(Work.values()).indexOf(Work.DESTROY)) / MS)
                .containsExactly(100L, 200L, 100L);
        assertThat(slots).extracting(slot -> slot.poolNanos() / MS).containsExactly(50L, 50L, 0L);
        assertThat(slots.get(0).longestWaitNanos()).isEqualTo(100 * MS);
    }

    @Test
    void a_point_of_the_trend_is_how_it_was_when_its_second_ended() {
        history.changed(session(1, 1, 0, 10, 20));
        now = 2_500 * MS;
        history.changed(session(2, 1, 2_400, 2_410, 2_420, 2_500));
        now = 3_000 * MS;

        List<Trend.Point> points = history.ask(known -> known.trend().after(0));

        assertThat(points).extracting(point -> point.census().total()).containsExactly(1L, 1L, 2L);
        assertThat(points).extracting(point -> point.renderLongestNanos() / MS).containsExactly(0L, 0L, 100L);
    }

    @Test
    void everything_is_bounded() throws Exception {
        History small = history(SMALL);
        Feed feed = feed(small);
        feed.begin();
        for (int i = 1; i <= 100; i++) {
            small.changed(session(i, 0, 0));
            small.changed(session(i, 0, 0, 1, -1, -1, -1, -1, 2, 3));
            small.held(hold(Work.DESTROY, i, 0, i * 10L, i * 10L + 5));
        }

        JsonNode snapshot = read(feed.snapshot());
        assertThat(snapshot.at("/census/total").asInt()).isEqualTo(100);
        assertThat(snapshot.at("/census/withoutRow").asInt()).isEqualTo(98);
        assertThat(snapshot.at("/holds")).hasSize(5);
        assertThat(snapshot.at("/log")).hasSize(6);
        assertThat(snapshot.at("/profile/phases/0/spent/n").asInt()).isEqualTo(100);
        assertThat(small.sessions())
                .extracting(session -> session.key().number())
                .containsExactly(98L, 99L, 100L);
        assertThat(read(feed.change()).at("/sessions")).hasSize(2);
    }

    @Test
    void rows_come_back_when_fewer_sessions_come() {
        RowBudget budget = new RowBudget(2, 1, 0);

        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(0)).isFalse();
        assertThat(budget.take(500 * MS)).isFalse();
        assertThat(budget.take(1_000 * MS)).isTrue();
    }

    @Test
    void a_change_says_what_is_new_and_only_that() throws Exception {
        Feed feed = feed(history);
        history.changed(session(1, 0, 0));
        feed.begin();

        history.changed(session(2, 0, 0));
        history.held(hold(Work.INITIALISE, 2, 0, 0, 80));
        JsonNode first = read(feed.change());
        JsonNode second = read(feed.change());

        assertThat(first.at("/sessions")).hasSize(1);
        assertThat(first.at("/sessions/0/number").asInt()).isEqualTo(2);
        assertThat(first.at("/holds/0/work").asText()).isEqualTo("initialise");
        assertThat(first.at("/holds/0/endMs").asDouble()).isEqualTo(1_000_080);
        assertThat(first.at("/log/0/text").asText()).isEqualTo("created");
        assertThat(second.at("/sessions")).isEmpty();
        assertThat(second.at("/holds")).isEmpty();
        assertThat(second.at("/log")).isEmpty();
    }

    @Test
    void lines_that_come_too_fast_are_counted_not_sent() throws Exception {
        Feed feed = feed(history);
        feed.begin();
        for (int i = 0; i < 1_000; i++) {
            history.log().add(new LogLine(i, LogLine.Level.INFO, Optional.empty(), "line " + i));
        }

        JsonNode change = read(feed.change());

        assertThat(change.at("/log")).hasSize(200);
        assertThat(change.at("/log/199/text").asText()).isEqualTo("line 999");
        assertThat(change.at("/logLinesLeftOut").asInt()).isEqualTo(800);
    }

    @Test
    void a_life_is_told_in_the_log_and_a_long_line_is_cut() {
        history.changed(session(1, 0, 0));
        history.changed(session(1, 1, 0, 10, 20));
        history.changed(session(1, 0, 0, 10, 20, 30, 40, 50, 2_000));
        history.changed(session(1, 1, 0, 10, 20, 30, 40, 50));
        history.log().add(new LogLine(0, LogLine.Level.ERROR, Optional.empty(), "x".repeat(5_000)));

        assertThat(history.log().after(0, 100))
                .extracting(line -> line.value().text())
                .startsWith(
                        "created",
                        "initialised after 10 ms",
                        "connected after 20 ms",
                        "page drawn after 30 ms",
                        "rendered after 50 ms",
                        "closed after 2.0 s",
                        "connected again")
                .last()
                .satisfies(text -> assertThat(text).hasSize(2_002));
    }

    @Test
    void percentiles_are_right_to_a_percent_and_sums_exactly() {
        Distribution distribution = new Distribution();
        for (int i = 1; i <= 1_000; i++) {
            distribution.record(i * MS);
        }

        Distribution.Figures figures = distribution.figures();

        assertThat(figures.n()).isEqualTo(1_000);
        assertThat(figures.sumNanos()).isEqualTo(500_500 * MS);
        assertThat(figures.longestNanos()).isEqualTo(1_000 * MS);
        assertThat(figures.p50Nanos() / 1e6).isCloseTo(500, within(5.0));
        assertThat(figures.p90Nanos() / 1e6).isCloseTo(900, within(9.0));
    }

    @Test
    void metrics_have_conventional_names_and_units() {
        try (Metrics metrics = new Metrics(history)) {
            history.changed(session(1, 1, 0, 10, 20, 300, 310, 400));
            history.held(hold(Work.SEND, 1, 0, 100, 350));

            String text = metrics.text("application/openmetrics-text; version=1.0.0; charset=utf-8");

            assertThat(text)
                    .contains(
                            "panelperf_sessions_opened_total 1.0",
                            "panelperf_sessions_live{state=\"connected\"} 1.0",
                            "panelperf_loop_held_seconds_sum{work=\"send\"} 0.25",
                            "panelperf_loop_waited_seconds_sum{work=\"send\"} 0.1",
                            "panelperf_loop_stalls_total 1.0",
                            "panelperf_session_time_to_render_seconds_bucket{le=\"0.5\"} 1",
                            "jvm_memory_used_bytes",
                            "process_cpu_usage")
                    .endsWith("# EOF\n");
        }
    }
}
