package panelperf.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import panelperf.run.HealthSample;
import panelperf.time.Timeline;

/** Naps under a clock moved by hand. */
final class HealthMonitorTest {
    private static final double EPOCH_MS = 1_795_000_000_000.0;

    private final List<HealthSample> samples = new ArrayList<>();
    private double targetCpuMs = 100;
    private long nowNanos;
    private final HealthMonitor monitor = new HealthMonitor(
            () -> nowNanos, new Timeline(0, EPOCH_MS), () -> OptionalDouble.of(targetCpuMs), samples::add);

    @Test
    void naps_in_time_are_no_stall() {
        monitor.begin(0);
        naps(100, 10.1);

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).stalledMs()).isZero();
        assertThat(samples.get(0).periodMs()).isCloseTo(1000, within(15.0));
        assertThat(samples.get(0).endMs()).isCloseTo(EPOCH_MS + 1000, within(15.0));
    }

    @Test
    void what_a_nap_oversleeps_is_a_stall() {
        monitor.begin(0);
        naps(10, 10);
        nap(310);
        naps(60, 10);

        assertThat(samples.get(0).stalledMs()).isCloseTo(300, within(0.001));
    }

    /** As {@code SIGSTOP} and {@code SIGCONT} do: one long sample, not five lost ones. */
    @Test
    void a_process_that_was_stopped_for_5_s_was_stalled_for_5_s() {
        monitor.begin(0);
        naps(5, 10);
        nap(5010);

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).periodMs()).isCloseTo(5060, within(0.001));
        assertThat(samples.get(0).stalledMs()).isCloseTo(5000, within(0.001));
    }

    @Test
    void a_sample_has_what_happened_in_its_second_and_the_next_begins_anew() {
        monitor.begin(0);
        monitor.visitEnded(3, 0.5);
        monitor.visitEnded(1, 7);
        targetCpuMs = 130;
        nap(310);
        naps(70, 10);
        naps(101, 10);

        assertThat(samples).hasSize(2);
        assertThat(samples.get(0).ended()).isEqualTo(2);
        assertThat(samples.get(0).startLateMs()).isEqualTo(3);
        assertThat(samples.get(0).jobLateMs()).isEqualTo(7);
        assertThat(samples.get(0).targetCpuMs()).hasValue(30);
        assertThat(samples.get(1).ended()).isZero();
        assertThat(samples.get(1).stalledMs()).isZero();
        assertThat(samples.get(1).targetCpuMs()).hasValue(0);
    }

    @Test
    void a_run_of_less_than_a_second_is_told_too() {
        monitor.begin(0);
        nap(110);

        monitor.flush();
        monitor.flush();

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).stalledMs()).isCloseTo(100, within(0.001));
    }

    private void naps(int count, double ms) {
        for (int i = 0; i < count; i++) {
            nap(ms);
        }
    }

    private void nap(double ms) {
        nowNanos += (long) (ms * 1e6);
        monitor.woke(nowNanos);
    }
}
