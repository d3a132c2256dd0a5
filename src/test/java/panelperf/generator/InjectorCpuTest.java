package panelperf.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InjectorCpuTest {
    @Test
    void work_costs_cpu_and_is_shared_among_the_visits() {
        InjectorCpu cpu = InjectorCpu.start();
        double sum = 0;
        for (int i = 1; i < 30_000_000; i++) {
            sum += Math.log(i);
        }

        assertThat(sum).isPositive();
        assertThat(cpu.msPerVisit(1).orElseThrow()).isPositive();
        assertThat(cpu.msPerVisit(1_000_000).orElseThrow())
                .isLessThan(cpu.msPerVisit(1).orElseThrow());
    }

    @Test
    void no_visit_has_no_figure() {
        assertThat(InjectorCpu.start().msPerVisit(0)).isEmpty();
    }
}
