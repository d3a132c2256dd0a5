package panelperf.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Loaders;
import panelperf.visit.Outcome;

/** When the canary visits, in virtual time and without a browser. */
@Timeout(30)
final class CanaryTest {
    private static final URI PAGE = URI.create("http://localhost:5555/");
    private static final long SECOND = 1_000_000_000;

    private final List<Double> starts = new ArrayList<>();
    private final List<CanaryVisit> told = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private final Deque<Integer> script = new ArrayDeque<>();
    private long now;
    private boolean closed;

    /** Visits as scripted: so many seconds long, or, below zero, without a browser. */
    private final class Scripted implements Visitor {
        @Override
        public String ready(URI page) throws CannotStart {
            assertThat(page).isEqualTo(PAGE);
            if (script.remove() < 0) {
                throw new CannotStart("no browser");
            }
            return "Chromium 1, ChromeDriver 1";
        }

        @Override
        public CanaryVisit visit(URI page, Duration deadline) throws CannotStart {
            assertThat(page).isEqualTo(PAGE);
            assertThat(deadline).isEqualTo(Duration.ofSeconds(60));
            starts.add(now / 1e9);
            int seconds = script.remove();
            if (seconds < 0) {
                throw new CannotStart("no browser");
            }
            now += seconds * SECOND;
            return new CanaryVisit(
                    now / 1e6, 1, new Outcome.Loaded(), Map.of(), Loaders.none(), "Chromium 1", "ChromeDriver 1");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private void run(Integer... visits) {
        script.addAll(List.of(visits));
        Canary[] canary = new Canary[1];
        canary[0] = new Canary(
                new Scripted(), PAGE, () -> now, (stopped, nanos) -> pause(canary, nanos), told::add, givenUp::add);
        canary[0].run();
    }

    private void pause(Canary[] canary, long nanos) {
        now += nanos;
        if (script.isEmpty()) {
            canary[0].close();
        }
    }

    @Test
    void it_visits_every_five_seconds_and_rests_a_second_after_a_long_one() {
        run(1, 2, 30, 1);

        assertThat(starts).containsExactly(0.0, 5.0, 10.0, 41.0);
        assertThat(told).hasSize(4);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void a_browser_that_never_comes_up_is_said_once_and_ends_it() {
        run(-1, 1);

        assertThat(givenUp).containsExactly("no browser");
        assertThat(told).isEmpty();
        assertThat(closed).as("its processes").isTrue();
    }

    @Test
    void a_browser_that_fails_now_and_then_goes_on_visiting() {
        run(1, -1, -1, 1, -1, -1, 1);

        assertThat(givenUp).isEmpty();
        assertThat(told).hasSize(3);
    }

    @Test
    void a_browser_that_fails_three_times_in_a_row_is_given_up() {
        run(1, -1, -1, -1, 1);

        assertThat(givenUp).containsExactly("no browser");
        assertThat(told).hasSize(1);
        assertThat(closed).isTrue();
    }

    @Test
    void a_defect_is_said_and_ends_the_canary_only() {
        Canary canary = new Canary(
                new Scripted(),
                PAGE,
                () -> now,
                (stopped, nanos) -> {},
                visit -> {
                    throw new IllegalStateException("the journal is gone");
                },
                givenUp::add);
        script.add(1);

        canary.run();

        assertThat(givenUp).singleElement().asString().contains("the journal is gone");
        assertThat(closed).isTrue();
    }

    @Test
    void a_browser_that_does_not_come_up_is_said_before_the_load_and_leaves_nothing() {
        Canary canary = new Canary(new Scripted(), PAGE, () -> now, told::add, givenUp::add);
        script.add(-1);

        assertThatThrownBy(canary::ready).isInstanceOf(CannotStart.class).hasMessage("no browser");
        canary.start();

        assertThat(closed).isTrue();
        assertThat(starts).isEmpty();
        assertThat(givenUp).as("its caller knows already").isEmpty();
    }

    @Test
    void one_that_comes_up_says_what_it_is() throws Exception {
        Canary canary = new Canary(new Scripted(), PAGE, () -> now, told::add, givenUp::add);
        script.add(1);

        assertThat(canary.ready()).isEqualTo("Chromium 1, ChromeDriver 1, a new process every 5 s");
        assertThat(closed).isFalse();
        assertThat(starts).as("visits").isEmpty();
    }

    @Test
    void one_that_was_closed_does_not_begin() throws InterruptedException {
        CountDownLatch visited = new CountDownLatch(1);
        Canary canary = new Canary(new Scripted(), PAGE, () -> now, visit -> visited.countDown(), givenUp::add);

        canary.close();
        canary.start();

        assertThat(starts).isEmpty();
        assertThat(visited.getCount()).isOne();
    }
}
