package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Minutes of waiting, under a clock that the wait itself moves. */
final class SettlingTest {
    private long nowNanos;

    @Test
    void our_target_tells_when_its_sessions_are_gone() throws InterruptedException {
        String sentence = settle(second -> OptionalInt.of(second < 28 ? 21 : 0), second -> 0);

        assertThat(sentence).isEqualTo("no session lives, after 28.0 s");
    }

    @Test
    void without_sessions_there_is_nothing_to_wait_for() throws InterruptedException {
        assertThat(settle(second -> OptionalInt.of(0), second -> 0)).isEqualTo("no session lives, after 0.0 s");
    }

    @Test
    void sessions_that_stay_are_named_after_two_minutes() throws InterruptedException {
        assertThat(settle(second -> OptionalInt.of(7), second -> 0))
                .isEqualTo("7 sessions still live after 120 s; going on");
    }

    /** Panel 1.3.8 answers nothing for seconds while it destroys sessions. */
    @Test
    void another_server_is_given_its_expiry_and_then_has_to_answer_quickly_three_times() throws InterruptedException {
        assertThat(settle(second -> OptionalInt.empty(), second -> 5))
                .isEqualTo("its sessions have expired and it answers quickly, after 35.5 s");
        assertThat(settle(second -> OptionalInt.empty(), second -> second < 50 ? 900 : 5))
                .isEqualTo("its sessions have expired and it answers quickly, after 51.5 s");
    }

    @Test
    void a_server_that_stays_slow_is_named_after_two_minutes() throws InterruptedException {
        assertThat(settle(second -> OptionalInt.empty(), second -> Double.POSITIVE_INFINITY))
                .isEqualTo("it still answers slowly after 120 s; going on");
    }

    private String settle(LongFunction<OptionalInt> sessions, LongToDoubleFunction answerMs)
            throws InterruptedException {
        nowNanos = 0;
        Settling.Probe probe = new Settling.Probe() {
            @Override
            public OptionalInt sessions() {
                return sessions.apply(nowNanos / 1_000_000_000);
            }

            @Override
            public double answerMs() {
                return answerMs.applyAsDouble(nowNanos / 1_000_000_000);
            }
        };
        return new Settling(probe, () -> nowNanos, time -> nowNanos += time.toNanos()).await();
    }
}
