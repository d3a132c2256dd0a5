package panelperf.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions under virtual time: seconds are numbers here. */
final class SessionMachineTest {
    private static final Knobs KNOBS = Knobs.standard();

    private final SessionMachine machine = new SessionMachine(KNOBS, 0);

    @Test
    void a_session_lives_from_its_page_to_its_end() {
        SessionKey key = initialise(machine.open("a", s(1)));
        assertThat(state("a")).isEqualTo(ServerSession.State.CREATED);

        assertThat(machine.initialised(key, 1, s(1.1))).containsExactly(new Effect.Admit(key));
        assertThat(state("a")).isEqualTo(ServerSession.State.INITIALISED);

        assertThat(machine.connected(key, s(2))).isTrue();
        assertThat(state("a")).isEqualTo(ServerSession.State.CONNECTED);

        Effect.Render render = new Effect.Render(key, 0, 0);
        assertThat(machine.documentReady(key, s(3))).containsExactly(render);
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERING);

        assertThat(machine.rendered(render, s(4))).containsExactly(new Effect.Send(key, 0));
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERED);

        machine.disconnected(key, s(5));
        assertThat(state("a")).isEqualTo(ServerSession.State.CLOSED);

        List<Effect> end = machine.advance(s(34));
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
            SessionMachine server = new SessionMachine(KNOBS, 0);
            SessionKey key = initialise(server.open("a", 0));
            server.initialised(key, 0, 0);
            server.connected(key, 0);
            long closed = (long) (random.nextDouble() * s(100));
            while (server.nextDueNanos() <= closed) {
                assertThat(server.advance(server.nextDueNanos())).isEmpty();
            }
            server.disconnected(key, closed);

            long ended = -1;
            while (ended < 0) {
                long due = server.nextDueNanos();
                ended = server.advance(due).isEmpty() ? -1 : due;
            }

            assertThat(ended - closed).as("seed 20261124, case %d", i).isBetween(s(15), s(32));
        }
    }

    @Test
    void what_is_deferred_occupies_its_place_for_its_own_time_beside_the_servers() {
        SessionMachine server = new SessionMachine(KNOBS.withRender(Duration.ofMillis(50), 8), 0);
        SessionKey key = initialise(server.open("a", 0));
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
            assertThat(machine.advance(machine.nextDueNanos())).isEmpty();
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

        assertThat(machine.advance(s(17))).isEmpty();
        assertThat(state("a")).isEqualTo(ServerSession.State.CONNECTED);
    }

    @Test
    void a_stalled_server_skips_the_looks_it_has_missed() {
        machine.advance(s(100));

        assertThat(machine.nextDueNanos()).isEqualTo(s(102));
    }

    @Test
    void a_look_before_its_time_finds_nothing() {
        ready("a", 0);

        assertThat(machine.advance(s(16.9))).isEmpty();
    }

    @Test
    void renders_share_the_pool_in_the_order_of_their_readiness() {
        SessionMachine server = new SessionMachine(KNOBS.withRender(Duration.ofMillis(7), 2), 0);
        List<SessionKey> keys = new ArrayList<>();
        List<Effect> started = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            SessionKey key = initialise(server.open(id, 0));
            server.initialised(key, 1, 0);
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

        assertThat(server.rendered(second, s(2))).containsExactly(new Effect.Send(keys.get(1), 0), third);
        assertThat(server.rendered(first, s(3))).containsExactly(new Effect.Send(keys.get(0), 0));
    }

    @Test
    void a_second_document_ready_renders_nothing_again() {
        SessionKey key = ready("a", 0);
        assertThat(machine.documentReady(key, s(1))).hasSize(1);

        assertThat(machine.documentReady(key, s(2))).isEmpty();
    }

    @Test
    void a_session_with_several_parts_is_rendered_when_the_last_is() {
        SessionKey key = initialise(machine.open("a", 0));
        machine.initialised(key, 2, 0);
        machine.connected(key, 0);
        List<Effect> renders = machine.documentReady(key, s(1));
        assertThat(renders).hasSize(2);

        machine.rendered((Effect.Render) renders.get(1), s(2));
        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERING);
        machine.rendered((Effect.Render) renders.get(0), s(3));

        assertThat(state("a")).isEqualTo(ServerSession.State.RENDERED);
    }

    @Test
    void a_known_id_is_admitted_and_makes_no_second_session() {
        SessionKey key = ready("a", 0);

        assertThat(machine.open("a", s(1))).containsExactly(new Effect.Admit(key));
        assertThat(machine.served()).isEqualTo(1);
    }

    @Test
    void an_id_that_comes_back_after_its_end_is_a_new_session() {
        SessionKey old = ready("a", 0);
        machine.advance(s(17));

        SessionKey fresh = initialise(machine.open("a", s(18)));

        assertThat(fresh).isNotEqualTo(old);
        assertThat(machine.connected(old, s(19)))
                .as("an event that crossed the end")
                .isFalse();
        assertThat(machine.documentReady(old, s(19))).isEmpty();
        assertThat(machine.initialised(old, 1, s(19))).isEmpty();
        machine.disconnected(old, s(19));
        assertThat(state("a")).isEqualTo(ServerSession.State.CREATED);
    }

    @Test
    void a_render_that_ends_after_its_session_frees_its_place_and_sends_nothing() {
        SessionKey key = ready("a", 0);
        Effect.Render render = (Effect.Render) machine.documentReady(key, s(1)).get(0);
        machine.advance(s(17));

        assertThat(machine.rendered(render, s(18))).isEmpty();
        assertThat(machine.rendered(render, s(19))).as("told twice").isEmpty();
    }

    @Test
    void a_session_whose_document_cannot_be_built_is_destroyed() {
        SessionKey key = initialise(machine.open("a", 0));

        assertThat(machine.failed(key, s(1))).hasSize(1).first().isInstanceOf(Effect.Destroy.class);
        assertThat(machine.session("a")).isEmpty();
        assertThat(machine.failed(key, s(2))).isEmpty();
    }

    @Test
    void more_sessions_than_may_be_are_refused() {
        SessionMachine small = new SessionMachine(KNOBS.withLimits(1, 10), 0);
        initialise(small.open("a", 0));

        assertThat(small.open("b", 0)).containsExactly(new Effect.Refuse("b"));
        assertThat(small.sessions()).extracting(session -> session.key().id()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void knobs_that_make_no_sense_are_refused(int threads) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> KNOBS.withRender(Duration.ZERO, threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("render threads: expected 1 to 1024, found " + threads);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> KNOBS.withRender(Duration.ofMillis(-1), 1))
                .hasMessageContaining("render time: expected 0 ms");
    }

    private SessionKey ready(String id, long nowNanos) {
        SessionKey key = initialise(machine.open(id, nowNanos));
        machine.initialised(key, 1, nowNanos);
        return key;
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
            if (!machine.advance(due).isEmpty()) {
                return due;
            }
        }
        throw new AssertionError("no session ended within 100 looks");
    }

    private static long s(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
