package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import panelperf.visit.Outcome;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** When a step is done, in virtual time; the unit is the millisecond. */
final class StepWalkTest {
    private static final Step SET = new Step.Change("Guests", "", 7, Duration.ofMillis(500));
    private static final Step SET_ONLY = new Step.Change("Guests", "", 7, null);
    private static final Step THINK = new Step.Think(Duration.ofSeconds(2));

    @Test
    void a_step_is_done_with_its_last_change_once_that_was_followed_by_quiet() {
        Rehearsal it = new Rehearsal(SET);
        it.at(40, it.walk::answered).at(90, () -> it.changed("pane")).at(300, () -> it.changed("pane"));

        it.until(799);
        assertThat(it.outcome).isNull();
        it.until(800);

        assertThat(it.outcome).isEqualTo(new Outcome.Loaded());
        assertThat(it.seen()).containsExactly(new StepView("set Guests", 0, 300, StepView.End.DONE));
    }

    @Test
    void an_answer_that_comes_after_the_last_change_is_what_the_user_waited_for() {
        Rehearsal it = new Rehearsal(SET);
        it.at(20, () -> it.changed("pane")).at(61, it.walk::answered).until(2000);

        assertThat(it.seen()).containsExactly(new StepView("set Guests", 0, 61, StepView.End.DONE));
    }

    /** The patch that takes the load's last loader away is still being told of when the first step is due. */
    @Test
    void what_changes_before_a_step_is_sent_is_no_effect() {
        Rehearsal it = new Rehearsal(SET);
        it.changed("pane");
        it.at(40, it.walk::answered).until(10_000);

        assertThat(it.outcome).isEqualTo(new Outcome.TimedOut("set Guests: change"));
    }

    /** Panel answers, and begins 50 ms later; a server that is held up begins seconds later. */
    @Test
    void quiet_after_an_answer_is_not_idle_before_something_has_changed() {
        Rehearsal it = new Rehearsal(SET);
        it.at(40, it.walk::answered).at(4000, () -> it.changed("pane")).until(6000);

        assertThat(it.seen()).containsExactly(new StepView("set Guests", 0, 4000, StepView.End.DONE));
    }

    @Test
    void a_page_is_not_idle_while_a_loader_is_in_it() {
        Rehearsal it = new Rehearsal(SET);
        it.at(40, it.walk::answered)
                .at(90, () -> it.loader(1))
                .at(5000, () -> it.changed("pane"))
                .at(5001, () -> it.loader(0))
                .until(8000);

        assertThat(it.seen()).containsExactly(new StepView("set Guests", 0, 5001, StepView.End.DONE));
    }

    @Test
    void what_changes_by_itself_is_no_effect_and_not_waited_for() {
        Rehearsal it = new Rehearsal(THINK, SET);
        it.every(300, () -> it.changed("clock"));
        it.at(2040, it.walk::answered).at(2090, () -> it.changed("pane")).until(4000);

        assertThat(it.seen()).containsExactly(new StepView("set Guests", 2000, 90, StepView.End.DONE));
    }

    @Test
    void what_comes_late_after_a_step_that_nobody_waited_for_does_not_make_its_model_restless() {
        Rehearsal it = new Rehearsal(SET_ONLY, THINK, SET);
        it.at(10, it.walk::answered)
                .at(500, () -> it.changed("pane"))
                .at(900, () -> it.changed("pane"))
                .at(2040, it.walk::answered)
                .at(2400, () -> it.changed("pane"))
                .until(4000);

        assertThat(it.seen())
                .containsExactly(
                        new StepView("set Guests", 0, 10, StepView.End.DONE),
                        new StepView("set Guests", 2010, 390, StepView.End.DONE));
    }

    @Test
    void think_time_counts_from_when_the_step_before_was_done_and_not_from_when_that_was_noticed() {
        Rehearsal it = new Rehearsal(SET, THINK, SET_ONLY);
        it.at(40, it.walk::answered)
                .at(100, () -> it.changed("pane"))
                .at(2150, it.walk::answered)
                .until(3000);

        assertThat(it.seen().get(1)).isEqualTo(new StepView("set Guests", 2100, 50, StepView.End.DONE));
        assertThat(it.acted).isEqualTo(2);
    }

    @Test
    void a_step_that_has_nothing_to_send_is_over_at_once() {
        Rehearsal it = new Rehearsal(SET, SET_ONLY);
        it.at(5, it.walk::unchanged).at(30, it.walk::answered).until(1000);

        assertThat(it.seen().stream().map(StepView::end)).containsExactly(StepView.End.UNCHANGED, StepView.End.DONE);
    }

    @Test
    void a_step_times_out_by_what_it_waits_for_and_the_page_may_live_until_then() {
        Rehearsal unanswered = new Rehearsal(THINK, SET);
        assertThat(unanswered.until(11_999).outcome).isNull();
        assertThat(unanswered.allowedUntilMs).isEqualTo(12_000);
        assertThat(unanswered.until(12_000).outcome).isEqualTo(new Outcome.TimedOut("set Guests: answer"));
        assertThat(unanswered.seen(unanswered.outcome))
                .containsExactly(new StepView("set Guests", 2000, 10_000, StepView.End.TIMED_OUT));

        Rehearsal restless = new Rehearsal(SET);
        restless.every(300, () -> restless.changed("clock"));
        restless.at(40, restless.walk::answered).until(10_000);
        assertThat(restless.outcome).isEqualTo(new Outcome.TimedOut("set Guests: quiet"));
    }

    @Test
    void after_its_end_a_walk_takes_no_step() {
        Rehearsal it = new Rehearsal(THINK, SET);
        it.at(1000, it.walk::stop).until(20_000);

        assertThat(it.acted).isZero();
        assertThat(it.outcome).isNull();
    }

    /** A page, its timers and its clock. */
    private static final class Rehearsal implements StepWalk.Page {
        private record Due(long atMs, int order, Runnable action, Future<?> future) {}

        private final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingInt(Due::order));
        private int orders;
        private long nowMs;
        private int loaders;
        private int acted;
        private long allowedUntilMs;
        private @Nullable Outcome outcome;
        private final StepWalk walk;

        Rehearsal(Step... steps) {
            walk = new StepWalk(
                    List.of(steps),
                    Duration.ofSeconds(10),
                    () -> nowMs * 1_000_000,
                    (nanos, action) -> later(nowMs + nanos / 1_000_000, action),
                    this,
                    ended -> outcome = ended);
            walk.begin();
        }

        private Future<?> later(long atMs, Runnable action) {
            CompletableFuture<Void> future = new CompletableFuture<>();
            due.add(new Due(atMs, orders++, action, future));
            return future;
        }

        Rehearsal at(long ms, Runnable action) {
            var unused = later(ms, action);
            return this;
        }

        void every(long ms, Runnable action) {
            var unused = later(nowMs + ms, () -> {
                action.run();
                every(ms, action);
            });
        }

        Rehearsal until(long ms) {
            while (!due.isEmpty() && due.element().atMs() <= ms) {
                Due next = due.remove();
                nowMs = next.atMs();
                if (!next.future().isCancelled()) {
                    next.action().run();
                }
            }
            nowMs = ms;
            return this;
        }

        void changed(String model) {
            walk.changed(model, false);
        }

        void loader(int left) {
            loaders = left;
            walk.changed("pane", true);
        }

        List<StepView> seen() {
            assertThat(outcome).isEqualTo(new Outcome.Loaded());
            return seen(outcome);
        }

        List<StepView> seen(@Nullable Outcome ended) {
            return walk.seen(Objects.requireNonNull(ended), 0, nowMs * 1_000_000);
        }

        @Override
        public void act(Step step) {
            acted++;
            var unused = later(nowMs, walk::sent);
        }

        @Override
        public void allowUntil(long nanos) {
            allowedUntilMs = nanos / 1_000_000;
        }

        @Override
        public int loadersLeft() {
            return loaders;
        }

        @Override
        public double jobDelayMs() {
            return 0;
        }
    }
}
