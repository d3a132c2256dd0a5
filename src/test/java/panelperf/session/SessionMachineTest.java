package panelperf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions under virtual time: seconds are numbers here. */
final class SessionMachineTest {
    private static final Knobs KNOBS = Knobs.standard();

    private final SessionMachine machine = machine(KNOBS);

    @Test
    void a_session_lives_from_its_page_to_its_end() {
        SessionKey key = initialise(opened(machine, "a", s(1)));
        assertThat(state("a")).isEqualTo(ServerSession.State.CREATED);

        assertThat(machine.initialised(key, parts(1), s(1.1))).containsExactly(new Effect.Admit(key));
        assertThat(state("a")).isEqualTo(ServerSession.State.INITIALISED);

        assertThat(machine.connected(key, s(2))).isTrue();
        assertThat(state("a")).isEqualTo(ServerSession.State.CONNECTED);

        Effect.Render render = new Effect.Render(key, 0, 0);
        assertThat(machine.documentReady(key, s(3))).containsExactly(render);
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERING);

        assertThat(afterRender(machine, render, s(4))).containsExactly(new Effect.Send(key, 0));
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERED);

        machine.disconnected(key, s(5));
        assertThat(state("a")).isEqualTo(ServerSession.State.CLOSED);

        List<Effect> end = settled(machine, s(34));
        assertThat(end).hasSize(1);
        ServerSession destroyed = ((Effect.Destroy) end.get(0)).session();
        assertThat(destroyed.state()).isEqualTo(ServerSession.State.DESTROYED);
        assertThat(destroyed.createdNanos()).isEqualTo(s(1));
        assertThat(destroyed.connectedNanos()).hasValue(s(2));
        assertThat(destroyed.readyNanos()).hasValue(s(3));
        assertThat(destroyed.renderedNanos()).hasValue(s(4));
        assertThat(destroyed.closedNanos()).hasValue(s(5));
        assertThat(destroyed.destroyedNanos()).hasValue(s(34));
        assertThat(machine.session("a")).isEmpty();
        assertThat(machine.served()).isEqualTo(1);
    }

    /** Bokeh looks each 17 s for sessions that have been unused for 15 s: they end 15 to 32 s after their last close. */
    @ParameterizedTest
    @CsvSource({"1.9, 17", "2.1, 34", "4.8, 34", "12.4, 34", "18.9, 34", "19.1, 51"})
    void an_unused_session_ends_at_the_first_look_after_its_lifetime(double closed, double ended) {
        SessionKey key = ready("a", 0);
        machine.connected(key, s(0.5));
        machine.disconnected(key, s(closed));

        assertThat(firstDestroy()).isEqualTo(s(ended));
    }

    @Test
    void every_session_outlives_its_last_close_by_15_to_32_seconds() {
        Random random = new Random(20261124);
        for (int i = 0; i < 1000; i++) {
            SessionMachine server = machine(KNOBS);
            SessionKey key = initialise(opened(server, "a", 0));
            server.initialised(key, parts(0), 0);
            server.connected(key, 0);
            long closed = (long) (random.nextDouble() * s(100));
            while (server.nextDueNanos() <= closed) {
                assertThat(settled(server, server.nextDueNanos())).isEmpty();
            }
            server.disconnected(key, closed);

            long ended = -1;
            while (ended < 0) {
                long due = server.nextDueNanos();
                ended = settled(server, due).isEmpty() ? -1 : due;
            }

            assertThat(ended - closed).as("seed 20261124, case %d", i).isBetween(s(15), s(32));
        }
    }

    @Test
    void what_is_deferred_occupies_its_place_for_its_own_time_beside_the_servers() {
        SessionMachine server = machine(KNOBS.with(new Knobs.Rendering(Spread.parse("50ms"), 8)));
        SessionKey key = initialise(opened(server, "a", 0));
        server.initialised(key, List.of(Duration.ZERO, Duration.ofMillis(400)), 0);
        server.connected(key, 0);

        assertThat(server.documentReady(key, 0))
                .containsExactly(
                        new Effect.Render(key, 0, Duration.ofMillis(50).toNanos()),
                        new Effect.Render(key, 1, Duration.ofMillis(450).toNanos()));
    }

    @Test
    void a_session_that_no_socket_ever_joined_ends_too() {
        ready("a", s(1));

        assertThat(firstDestroy()).isEqualTo(s(17));
    }

    @Test
    void a_session_with_an_open_socket_has_no_end() {
        machine.connected(ready("a", 0), 0);

        for (int i = 0; i < 1000; i++) {
            assertThat(settled(machine, machine.nextDueNanos())).isEmpty();
        }
    }

    @Test
    void of_two_sockets_the_last_to_close_counts() {
        SessionKey key = ready("a", 0);
        machine.connected(key, 0);
        machine.connected(key, 0);
        machine.disconnected(key, s(1));
        assertThat(machine.session("a").orElseThrow().unusedSinceNanos()).isEmpty();

        machine.disconnected(key, s(18));

        assertThat(firstDestroy()).isEqualTo(s(34));
    }

    @Test
    void a_socket_that_comes_back_saves_the_session() {
        SessionKey key = ready("a", 0);
        machine.connected(key, 0);
        machine.disconnected(key, s(1));
        machine.connected(key, s(10));

        assertThat(settled(machine, s(17))).isEmpty();
        assertThat(state("a")).isEqualTo(ServerSession.State.CONNECTED);
    }

    @Test
    void a_stalled_server_skips_the_looks_it_has_missed() {
        settled(machine, s(100));

        assertThat(machine.nextDueNanos()).isEqualTo(s(102));
    }

    @Test
    void a_look_before_its_time_finds_nothing() {
        ready("a", 0);

        assertThat(settled(machine, s(16.9))).isEmpty();
    }

    @Test
    void renders_share_the_pool_in_the_order_of_their_readiness() {
        SessionMachine server = machine(KNOBS.with(new Knobs.Rendering(Spread.parse("7ms"), 2)));
        List<SessionKey> keys = new ArrayList<>();
        List<Effect> started = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            SessionKey key = initialise(opened(server, id, 0));
            server.initialised(key, parts(1), 0);
            server.connected(key, 0);
            keys.add(key);
            started.addAll(server.documentReady(key, s(1)));
        }
        Effect.Render first =
                new Effect.Render(keys.get(0), 0, Duration.ofMillis(7).toNanos());
        Effect.Render second =
                new Effect.Render(keys.get(1), 0, Duration.ofMillis(7).toNanos());
        Effect.Render third =
                new Effect.Render(keys.get(2), 0, Duration.ofMillis(7).toNanos());
        assertThat(started).containsExactly(first, second);
        assertThat(server.session("c").orElseThrow().state()).isEqualTo(ServerSession.State.QUEUED);

        assertThat(afterRender(server, second, s(2))).containsExactly(third, new Effect.Send(keys.get(1), 0));
        assertThat(afterRender(server, first, s(3))).containsExactly(new Effect.Send(keys.get(0), 0));
    }

    @Test
    void a_second_document_ready_renders_nothing_again() {
        SessionKey key = ready("a", 0);
        assertThat(machine.documentReady(key, s(1))).hasSize(1);

        assertThat(machine.documentReady(key, s(2))).isEmpty();
    }

    @Test
    void a_session_with_several_parts_is_rendered_when_the_last_is() {
        SessionKey key = initialise(opened(machine, "a", 0));
        machine.initialised(key, parts(2), 0);
        machine.connected(key, 0);
        List<Effect> renders = machine.documentReady(key, s(1));
        assertThat(renders).hasSize(2);

        afterRender(machine, (Effect.Render) renders.get(1), s(2));
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERING);
        afterRender(machine, (Effect.Render) renders.get(0), s(3));

        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERED);
    }

    @Test
    void a_known_id_is_admitted_and_makes_no_second_session() {
        SessionKey key = ready("a", 0);

        assertThat(opened(machine, "a", s(1))).containsExactly(new Effect.Admit(key));
        assertThat(machine.served()).isEqualTo(1);
    }

    @Test
    void an_id_that_comes_back_after_its_end_is_a_new_session() {
        SessionKey old = ready("a", 0);
        settled(machine, s(17));

        SessionKey fresh = initialise(opened(machine, "a", s(18)));

        assertThat(fresh).isNotEqualTo(old);
        assertThat(machine.connected(old, s(19)))
                .as("an event that crossed the end")
                .isFalse();
        assertThat(machine.documentReady(old, s(19))).isEmpty();
        assertThat(machine.initialised(old, parts(1), s(19))).isEmpty();
        machine.disconnected(old, s(19));
        assertThat(state("a")).isEqualTo(ServerSession.State.CREATED);
    }

    @Test
    void a_render_that_ends_after_its_session_frees_its_place_and_sends_nothing() {
        SessionKey key = ready("a", 0);
        Effect.Render render = (Effect.Render) machine.documentReady(key, s(1)).get(0);
        settled(machine, s(17));

        assertThat(afterRender(machine, render, s(18))).isEmpty();
        assertThat(afterRender(machine, render, s(19))).as("told twice").isEmpty();
    }

    @Test
    void a_session_whose_document_cannot_be_built_is_destroyed() {
        SessionKey key = initialise(opened(machine, "a", 0));

        assertThat(machine.failed(key, s(1))).hasSize(1).first().isInstanceOf(Effect.Destroy.class);
        assertThat(machine.session("a")).isEmpty();
        assertThat(machine.failed(key, s(2))).isEmpty();
    }

    @Test
    void more_sessions_than_may_be_are_refused() {
        SessionMachine small =
                machine(KNOBS.with(new Knobs.Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 1, 10)));
        initialise(opened(small, "a", 0));

        assertThat(opened(small, "b", 0)).containsExactly(new Effect.Refuse("b"));
        assertThat(small.sessions()).extracting(session -> session.key().id()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void knobs_that_make_no_sense_are_refused(int threads) {
        assertThatThrownBy(() -> new Knobs.Rendering(Spread.zero(), threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("render threads: expected 1 to 1024, found " + threads);
    }

    /** Three sessions end at the look at 17 s; each end counts the sessions that still live, itself among them. */
    @Test
    void an_end_takes_longer_for_each_session_that_lives() {
        Knobs.Destruction crowded = new Knobs.Destruction(
                Knobs.Mode.EACH, Spread.parse("100ms"), Duration.ofMillis(1), Duration.ofMillis(10), Duration.ZERO);
        SessionMachine server = machine(KNOBS.with(crowded));
        for (String id : List.of("a", "b", "c")) {
            server.initialised(initialise(opened(server, id, 0)), parts(0), 0);
        }

        List<Double> ends = new ArrayList<>();
        while (ends.size() < 3) {
            long due = server.nextDueNanos();
            settled(server, due).forEach(end -> ends.add(due / 1e9));
        }

        assertThat(ends).containsExactly(17.133, 17.256, 17.369);
    }

    private SessionKey ready(String id, long nowNanos) {
        SessionKey key = initialise(opened(machine, id, nowNanos));
        machine.initialised(key, parts(1), nowNanos);
        return key;
    }

    private static SessionMachine machine(Knobs knobs) {
        return new SessionMachine(knobs, new Random(4), SessionObserver.none(), 0);
    }

    private static List<Duration> parts(int count) {
        return Collections.nCopies(count, Duration.ZERO);
    }

    private static List<Effect> opened(SessionMachine machine, String id, long nowNanos) {
        machine.open(id, nowNanos);
        return settled(machine, nowNanos);
    }

    private static List<Effect> afterRender(SessionMachine machine, Effect.Render render, long nowNanos) {
        List<Effect> effects = new ArrayList<>(machine.rendered(render, nowNanos));
        effects.addAll(settled(machine, nowNanos));
        return effects;
    }

    /** All that is due by then. */
    private static List<Effect> settled(SessionMachine machine, long nowNanos) {
        List<Effect> effects = new ArrayList<>();
        while (machine.nextDueNanos() <= nowNanos) {
            effects.addAll(machine.advance(nowNanos));
            machine.performed(nowNanos);
        }
        return effects;
    }

    private static SessionKey initialise(List<Effect> effects) {
        assertThat(effects).hasSize(1).first().isInstanceOf(Effect.Initialise.class);
        return ((Effect.Initialise) effects.get(0)).session();
    }

    private ServerSession.State state(String id) {
        return machine.session(id).orElseThrow().state();
    }

    /** When the first session ends, looking whenever a look is due. */
    private long firstDestroy() {
        for (int i = 0; i < 100; i++) {
            long due = machine.nextDueNanos();
            if (!settled(machine, due).isEmpty()) {
                return due;
            }
        }
        throw new AssertionError("no session ended within 100 looks");
    }

    private static long s(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
