package panelperf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds the one loop, what waits for it, and what does not. Times in ms of virtual time. */
final class LoopTest {
    private static final Knobs NATIVE = Knobs.standard();
    private static final Knobs.Expiry SOON =
            new Knobs.Expiry(Duration.ofMillis(10), Duration.ofMillis(100), Knobs.CleanUp.YIELDS);

    private final List<String> seen = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private SessionMachine machine = new SessionMachine(NATIVE, new Random(1), SessionObserver.none(), 0);

    @Test
    void sessions_that_begin_in_sequence_hold_the_loop_one_after_the_other() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("90ms"))));

        machine.open("a", 0);
        machine.open("b", 0);
        machine.bring(Work.ANSWER, Optional.empty(), () -> {}, 0);
        runUntil(500);

        assertThat(seen).containsExactly("90 Initialise a", "180 Initialise b", "180 Proceed");
    }

    @Test
    void sessions_that_begin_in_parallel_hold_nobody() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.PARALLEL, Spread.parse("90ms"))));

        machine.open("a", 0);
        machine.open("b", 0);
        machine.bring(Work.ANSWER, Optional.empty(), () -> {}, 0);
        runUntil(500);

        assertThat(seen).containsExactly("0 Proceed", "90 Initialise a", "90 Initialise b");
    }

    @Test
    void where_the_clean_up_blocks_nothing_comes_between_the_ends() {
        use(ending(Knobs.CleanUp.BLOCKS, Knobs.Mode.EACH));
        open("a", "b", "c");

        bringAt(110);
        runUntil(300);

        assertThat(seen).containsExactly("120 Destroy a", "140 Destroy b", "160 Destroy c", "160 Proceed");
        assertThat(holds)
                .as("all of them wait from when they were found")
                .filteredOn(hold -> hold.work() == Work.DESTROY)
                .allSatisfy(hold -> assertThat(hold.queuedNanos()).isEqualTo(ms(100)));
    }

    @Test
    void where_it_yields_others_get_their_turn() {
        use(ending(Knobs.CleanUp.YIELDS, Knobs.Mode.EACH));
        open("a", "b", "c");

        bringAt(110);
        runUntil(300);

        assertThat(seen).containsExactly("120 Destroy a", "120 Proceed", "140 Destroy b", "160 Destroy c");
    }

    /** Seen in a real Panel 1.3.8: its sessions end at multiples of 17 s, however long the last took. */
    @ParameterizedTest
    @EnumSource
    void looks_that_come_due_before_all_have_ended_are_skipped(Knobs.CleanUp cleanUp) {
        Knobs.Destruction slow = new Knobs.Destruction(
                Knobs.Mode.EACH, Spread.parse("60ms"), Duration.ZERO, Duration.ZERO, Duration.ZERO);
        use(ending(cleanUp, Knobs.Mode.EACH).with(slow));
        open("a", "b");
        runUntil(95);
        open("c");
        runUntil(500);

        assertThat(seen).containsExactly("160 Destroy a", "220 Destroy b", "360 Destroy c");
    }

    @Test
    void the_end_of_a_session_costs_more_the_more_there_were_and_are() {
        Knobs.Destruction growing = new Knobs.Destruction(
                Knobs.Mode.EACH, Spread.parse("20ms"), Duration.ofMillis(1), Duration.ofMillis(10), Duration.ZERO);
        use(NATIVE.with(SOON).with(growing));
        open("a", "b");

        runUntil(300);

        assertThat(seen)
                .as("20 + 2 so far + 10 for each that lives, then for one less")
                .containsExactly("142 Destroy a", "174 Destroy b");
    }

    @Test
    void one_collection_serves_all_that_ended_within_the_debounce() {
        Knobs.Destruction debounced = new Knobs.Destruction(
                Knobs.Mode.DEBOUNCED, Spread.parse("40ms"), Duration.ZERO, Duration.ZERO, Duration.ofMillis(50));
        use(NATIVE.with(SOON).with(debounced));
        open("a", "b", "c");

        bringAt(160);
        runUntil(400);

        assertThat(seen).containsExactly("100 Destroy a", "100 Destroy b", "100 Destroy c", "190 Proceed");
        assertThat(holds)
                .filteredOn(hold -> hold.work() == Work.COLLECT)
                .singleElement()
                .satisfies(hold -> assertThat(hold.startNanos()).isEqualTo(ms(150)));
    }

    /** As Panel 1.4: its collection is one for many, but what an end does besides is done for each. */
    @ParameterizedTest
    @CsvSource({"FREE, 100, 100, 101", "EACH, 128, 156, 156", "DEBOUNCED, 108, 116, 116"})
    void an_end_costs_something_beside_its_destruction_unless_that_is_free(Knobs.Mode mode, int a, int b, int next) {
        use(ending(Knobs.CleanUp.BLOCKS, mode).with(Knobs.LoopCosts.none().with(Work.DESTROY, Spread.parse("8ms"))));
        open("a", "b");

        bringAt(101);
        runUntil(400);

        assertThat(seen).containsExactly(a + " Destroy a", b + " Destroy b", next + " Proceed");
    }

    @Test
    void an_end_shortly_before_the_collection_puts_it_off_by_as_long_as_it_is_ago() {
        Knobs.Destruction debounced = new Knobs.Destruction(
                Knobs.Mode.DEBOUNCED, Spread.parse("40ms"), Duration.ZERO, Duration.ZERO, Duration.ofMillis(250));
        use(NATIVE.with(SOON).with(debounced));
        open("a");
        runUntil(150);
        open("b");
        runUntil(800);

        assertThat(seen).containsExactly("100 Destroy a", "200 Destroy b");
        assertThat(holds)
                .as("asked at 350, when the last end was 150 ago, and again at 500, when it was 300 ago")
                .filteredOn(hold -> hold.work() == Work.COLLECT)
                .singleElement()
                .satisfies(hold -> assertThat(hold.startNanos()).isEqualTo(ms(500)));
    }

    @Test
    void a_socket_that_joins_while_the_loop_is_held_saves_its_session() {
        use(ending(Knobs.CleanUp.BLOCKS, Knobs.Mode.EACH));
        List<SessionKey> keys = open("a", "b");
        runUntil(110);

        machine.connected(keys.get(1), ms(110));
        runUntil(300);

        assertThat(seen).containsExactly("120 Destroy a");
        assertThat(machine.session("b")).isPresent();
    }

    @Test
    void every_session_that_lives_is_told_when_the_server_is_busy_and_each_costs() {
        Knobs.LoopCosts telling = Knobs.LoopCosts.none().with(Work.BUSY, Spread.parse("5ms"));
        use(NATIVE.with(telling));
        List<SessionKey> keys = open("a", "b", "c");
        keys.forEach(key -> machine.connected(key, 0));
        machine.disconnected(keys.get(2), 0);

        machine.documentReady(keys.get(0), 0);
        runUntil(100);

        assertThat(seen)
                .as("two with a socket and one without: three")
                .containsExactly("15 ShowBusy true", "30 ShowBusy false");
    }

    @Test
    void one_who_looks_costs_more_and_what_a_browser_told_is_handled_between_the_turns() {
        Knobs.LoopCosts costs = Knobs.LoopCosts.none()
                .with(Work.BUSY, Spread.parse("5ms"))
                .with(Work.SHOW, Spread.parse("2ms"))
                .with(Work.EVENTS, Spread.parse("40ms"));
        use(NATIVE.with(costs));
        List<SessionKey> keys = open("a", "b", "c");
        machine.connected(keys.get(0), 0);

        machine.documentReady(keys.get(0), 0);
        runUntil(200);

        assertThat(seen).containsExactly("17 ShowBusy true", "74 ShowBusy false");
    }

    @Test
    void where_nobody_is_told_what_a_browser_told_is_handled_all_the_same() {
        use(NATIVE.with(Knobs.LoopCosts.none().with(Work.EVENTS, Spread.parse("40ms"))));
        List<SessionKey> keys = open("a");
        machine.connected(keys.get(0), 0);

        machine.documentReady(keys.get(0), 0);
        runUntil(100);

        assertThat(seen).isEmpty();
        assertThat(holds).extracting(Hold::work, Hold::endNanos).containsExactly(tuple(Work.EVENTS, ms(40)));
    }

    @Test
    void the_loop_and_a_thread_of_the_pool_give_each_other_the_lock_in_turns() {
        use(NATIVE.with(Knobs.LoopCosts.none().with(Work.EVENTS, Spread.parse("12ms")))
                .with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("20ms"))));
        machine.open("a", 0);
        runUntil(20);
        SessionKey key = machine.session("a").orElseThrow().key();
        machine.initialised(key, List.of(), ms(20));
        holds.clear();

        machine.open("b", ms(20));
        runUntil(21);
        machine.documentReady(key, ms(21));
        runUntil(100);

        assertThat(holds)
                .as("the loop goes on for 5 ms, and so does the thread, until one of them is done")
                .extracting(Hold::work, Hold::startNanos, Hold::endNanos)
                .containsExactly(
                        tuple(Work.INITIALISE, ms(20), ms(26)),
                        tuple(Work.EVENTS, ms(26), ms(31)),
                        tuple(Work.INITIALISE, ms(31), ms(36)),
                        tuple(Work.EVENTS, ms(36), ms(41)),
                        tuple(Work.INITIALISE, ms(41), ms(46)),
                        tuple(Work.EVENTS, ms(46), ms(48)),
                        tuple(Work.INITIALISE, ms(48), ms(52)));
    }

    @Test
    void the_end_of_a_session_lets_no_thread_come_between() {
        use(ending(Knobs.CleanUp.BLOCKS, Knobs.Mode.EACH)
                .with(Knobs.LoopCosts.none().with(Work.EVENTS, Spread.parse("10ms"))));
        List<SessionKey> keys = open("a", "b");
        machine.connected(keys.get(1), 0);
        runUntil(101);

        machine.documentReady(keys.get(1), ms(101));
        runUntil(200);

        assertThat(holds)
                .filteredOn(hold -> hold.work() != Work.CHECK)
                .extracting(Hold::work, Hold::startNanos, Hold::endNanos)
                .containsExactly(tuple(Work.DESTROY, ms(100), ms(120)), tuple(Work.EVENTS, ms(120), ms(130)));
    }

    @Test
    void a_document_takes_longer_for_each_session_of_which_something_was_logged() {
        use(NATIVE.with(Knobs.LoopCosts.none().with(Work.LOG, Spread.parse("3ms")))
                .with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("20ms"))));
        for (String id : List.of("a", "b", "c")) {
            machine.open(id, 0);
        }
        runUntil(200);

        assertThat(holds)
                .filteredOn(hold -> hold.work() == Work.INITIALISE)
                .extracting(hold -> (hold.endNanos() - hold.startNanos()) / 1_000_000)
                .containsExactly(23L, 26L, 29L);
    }

    @Test
    void an_open_admin_page_costs_a_hold_at_every_change_for_each_session_so_far() {
        Knobs.LoopCosts watching = Knobs.LoopCosts.none().with(Work.ADMIN, Spread.parse("3ms"));
        use(NATIVE.with(watching));
        List<SessionKey> keys = open("a", "b");
        machine.adminPages(2);

        machine.connected(keys.get(0), 0);
        runUntil(50);

        assertThat(holds)
                .filteredOn(hold -> hold.work() == Work.ADMIN)
                .singleElement()
                .satisfies(hold -> assertThat(hold.endNanos()).isEqualTo(ms(12)));
    }

    @Test
    void holds_follow_one_another_and_tell_how_long_they_waited() {
        use(NATIVE.with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("90ms"))));
        machine.open("a", 0);
        machine.open("b", 0);
        runUntil(500);

        assertThat(holds)
                .filteredOn(hold -> hold.work() == Work.INITIALISE)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Hold(Work.INITIALISE, first.session(), 0, 0, ms(90))),
                        second -> assertThat(second)
                                .isEqualTo(new Hold(Work.INITIALISE, second.session(), 0, ms(90), ms(180))));
    }

    private static Knobs ending(Knobs.CleanUp cleanUp, Knobs.Mode mode) {
        return NATIVE.with(new Knobs.Expiry(SOON.unusedLifetime(), SOON.checkPeriod(), cleanUp))
                .with(new Knobs.Destruction(mode, Spread.parse("20ms"), Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    private void use(Knobs knobs) {
        SessionObserver observer = new SessionObserver() {
            @Override
            public void changed(ServerSession session) {}

            @Override
            public void held(Hold hold) {
                holds.add(hold);
            }

            @Override
            public void rendered(PoolUse use) {}
        };
        machine = new SessionMachine(knobs, new Random(1), observer, 0);
    }

    /** Sessions whose documents are there, without sockets; what led to them is forgotten. */
    private List<SessionKey> open(String... ids) {
        int before = seen.size();
        List<SessionKey> keys = new ArrayList<>();
        long now = now();
        for (String id : ids) {
            machine.open(id, now);
            runUntil(now / 1_000_000);
            SessionKey key = machine.session(id).orElseThrow().key();
            machine.initialised(key, List.of(), now);
            keys.add(key);
        }
        seen.subList(before, seen.size()).clear();
        holds.clear();
        return keys;
    }

    private long nowNanos;

    private long now() {
        return nowNanos;
    }

    private void bringAt(long millis) {
        runUntil(millis);
        machine.bring(Work.ANSWER, Optional.empty(), () -> {}, ms(millis));
    }

    private void runUntil(long millis) {
        while (machine.nextDueNanos() <= ms(millis)) {
            nowNanos = Math.max(nowNanos, machine.nextDueNanos());
            for (Effect effect : machine.advance(nowNanos)) {
                seen.add(nowNanos / 1_000_000 + " " + words(effect));
            }
            machine.performed(nowNanos);
        }
        nowNanos = Math.max(nowNanos, ms(millis));
    }

    private static String words(Effect effect) {
        if (effect instanceof Effect.Initialise initialise) {
            return "Initialise " + initialise.session().id();
        } else if (effect instanceof Effect.Destroy destroy) {
            return "Destroy " + destroy.session().key().id();
        } else if (effect instanceof Effect.ShowBusy show) {
            return "ShowBusy " + show.busy();
        }
        return effect.getClass().getSimpleName();
    }

    private static long ms(long millis) {
        return millis * 1_000_000;
    }
}
