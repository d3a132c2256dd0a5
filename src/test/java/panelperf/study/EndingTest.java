package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.study.Ending.State;

@Timeout(30)
final class EndingTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoever_of_three_comes_first_ends_the_run_once() throws Exception {
        for (int i = 0; i < 500; i++) {
            Ending ending = new Ending();
            AtomicInteger ended = new AtomicInteger();
            List<Callable<Boolean>> racers = List.of(
                    () -> ending.end(State.COMPLETE, ended::incrementAndGet),
                    () -> ending.end(State.CANNOT_GO_ON, ended::incrementAndGet),
                    () -> ending.end(State.STOPPED, ended::incrementAndGet));

            int owners = 0;
            for (Future<Boolean> racer : threads.invokeAll(racers)) {
                owners += racer.get() ? 1 : 0;
            }

            assertThat(owners).isEqualTo(1);
            assertThat(ended).hasValue(1);
            assertThat(ending.state()).isNotEqualTo(State.UNDER_WAY);
        }
    }

    /** A process that ends by a signal must not halt while main prints the report. */
    @Test
    void whoever_comes_second_waits_until_the_run_has_ended() throws Exception {
        Ending ending = new Ending();
        CountDownLatch reporting = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        Future<Boolean> main = threads.submit(() -> ending.end(State.COMPLETE, () -> {
            reporting.countDown();
            awaitUnchecked(reported);
        }));
        reporting.await();

        Future<Boolean> hook = threads.submit(() -> ending.end(State.STOPPED, () -> {}));

        assertThat(hook).failsWithin(50, TimeUnit.MILLISECONDS);
        reported.countDown();
        assertThat(hook).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
        assertThat(main).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(ending.state()).isEqualTo(State.COMPLETE);
    }

    @Test
    void an_end_that_breaks_is_an_end_all_the_same() {
        Ending ending = new Ending();

        assertThatThrownBy(() -> ending.end(State.COMPLETE, () -> {
                    throw new IllegalStateException("the disk is gone");
                }))
                .hasMessage("the disk is gone");

        assertThat(ending.end(State.STOPPED, () -> {})).isFalse();
    }

    @Test
    void what_is_no_end_is_refused() {
        assertThatThrownBy(() -> new Ending().end(State.UNDER_WAY, () -> {}))
                .hasMessageContaining("expected how it ends, found UNDER_WAY");
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
