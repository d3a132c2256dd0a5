package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

@Timeout(30)
final class WarmUpTest {
    private static final URI PAGE = URI.create("http://localhost:1/");
    private static final Duration LONG = Duration.ofSeconds(15);

    private long nowNanos;
    private double cpuMs;
    private int opened;

    /** The last row is a cold JVM on 2 cores, as it was measured: 15 s in all, and it had not settled after 14. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    too few to say      | false | 50 50 50 50 50 50 50 50 50
                    level from the start| true  | 50 50 50 50 50 50 50 50 50 50
                    noise around a level| true  | 50 53 47 51 49 52 48 50 54 47
                    falling             | false | 99 90 82 74 67 61 55 50 45 41
                    settled after a fall| true  | 300 80 60 50 45 41 40 40 41 40 40 41 40
                    a pause of others   | true  | 40 40 40 40 40 40 40 90 40 40
                    nobody tells        | true  | 0 0 0 0 0 0 0 0 0 0
                    a plateau between   | false | 272 75 54 53 46 51 49 50 47 39 36 42 35 32 31 32 37
                    """)
    void a_jvm_is_warm_when_cpu_a_visit_has_stopped_falling(String what, boolean settled, String cpu) {
        List<Double> batches =
                Arrays.stream(cpu.split(" ", -1)).map(Double::valueOf).toList();

        assertThat(Warmth.settled(batches)).as(what).isEqualTo(settled);
        for (int n = 2 * Warmth.WINDOW; !settled && n < batches.size(); n++) {
            assertThat(Warmth.settled(batches.subList(0, n)))
                    .as("%s, after %d batches", what, n)
                    .isFalse();
        }
    }

    @Test
    void a_warm_up_ends_when_cpu_a_visit_has_settled() {
        WarmUp.Warmed warmed = warmUp(new Outcome.Loaded(), n -> n <= 100 ? 200 - n : 100);

        assertThat(warmed.settled()).isTrue();
        assertThat(warmed.visits()).isEqualTo(opened).isBetween(200, 400);
        assertThat(warmed.sentence()).matches("\\d+ visits in \\d\\.\\d s; CPU a visit settled at 10\\d ms");
    }

    @Test
    void a_warm_up_that_does_not_settle_ends_after_its_time() {
        WarmUp.Warmed warmed = warmUp(new Outcome.Loaded(), n -> 1e6 * Math.pow(0.998, n));

        assertThat(warmed.settled()).isFalse();
        assertThat(warmed.seconds()).isBetween(15.0, 15.3);
        assertThat(warmed.sentence()).contains("CPU a visit has come to");
    }

    @Test
    void visits_that_fail_warm_nothing() {
        assertThatThrownBy(() -> warmUp(new Outcome.Failed("refused", ""), n -> 1))
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("0 loaded; start with -Dwarmup=off");
    }

    /** A browser that was closed takes visits at once, and a loop of them would keep a core busy until the end. */
    @Test
    void a_warm_up_that_is_stopped_opens_no_more() {
        assertThatThrownBy(() -> warmUp(new Outcome.Interrupted(), n -> 1)).isInstanceOf(StudyStopped.class);

        assertThat(opened).isEqualTo(WarmUp.BATCH);
    }

    /** What the n-th visit costs, ms of CPU. */
    private interface Cost {
        double of(int visit);
    }

    private WarmUp.Warmed warmUp(Outcome outcome, Cost cost) {
        return WarmUp.visits(
                new Browser() {
                    @Override
                    public String engine() {
                        return "warming";
                    }

                    @Override
                    public void open(PageRequest request, Consumer<PageView> whenDone) {
                        opened++;
                        nowNanos += 10_000_000;
                        cpuMs += cost.of(opened);
                        whenDone.accept(PageView.unseen(outcome, 0, 10));
                    }

                    @Override
                    public void interrupt() {}

                    @Override
                    public void close() {}
                },
                () -> nowNanos,
                PAGE,
                LONG,
                () -> cpuMs);
    }
}
