package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import panelperf.session.Knobs;

/** Batches of servers whose law is known. */
final class EndingsTest {
    private static final int[][] PLAN = {{10, 0}, {10, 30}, {30, 0}, {5, 0}, {20, 10}};

    @Test
    void a_server_whose_ends_nobody_felt_has_them_for_free() {
        assertThat(Endings.of(List.of()).mode()).isEqualTo(Knobs.Mode.FREE);
    }

    @Test
    void what_each_end_costs_is_split_into_its_parts() {
        Endings endings = Endings.of(each(160, 0.3, 2.5, 0, true));

        assertThat(endings.mode()).isEqualTo(Knobs.Mode.EACH);
        assertThat(endings.cleanUp()).isEqualTo(Knobs.CleanUp.BLOCKS);
        assertThat(endings.cost().timeMs()).isCloseTo(160, within(0.01));
        assertThat(endings.cost().growthMs()).isCloseTo(0.3, within(0.001));
        assertThat(endings.cost().crowdingMs()).isCloseTo(2.5, within(0.001));
    }

    @Test
    void a_server_that_answers_between_ends_yields() {
        assertThat(Endings.of(each(40, 0, 0, 0, false)).cleanUp()).isEqualTo(Knobs.CleanUp.YIELDS);
    }

    @Test
    void noise_does_not_make_a_cost_negative_nor_lose_the_total() {
        for (long seed = 0; seed < 200; seed++) {
            List<Batch> batches = each(160, 0, 0, seed, true);
            Endings endings = Endings.of(batches);

            assertThat(endings.mode()).as("seed %d", seed).isEqualTo(Knobs.Mode.EACH);
            assertThat(endings.cost().growthMs()).isNotNegative();
            assertThat(endings.cost().crowdingMs()).isNotNegative();
            double each = endings.cost().timeMs()
                    + endings.cost().growthMs() * 110
                    + endings.cost().crowdingMs() * 12;
            assertThat(each).as("seed %d", seed).isCloseTo(160, within(16.0));
        }
    }

    /** As Panel 1.4: a little for each end, and a collection some seconds later. */
    @Test
    void what_is_felt_seconds_after_the_ends_is_put_off() {
        List<Batch> batches = new ArrayList<>();
        int served = 0;
        for (int[] step : PLAN) {
            served += step[0];
            Spell ends = new Spell(0, step[0] * 8_000_000L, 1, step[0] * 8);
            Spell noise = new Spell(5_000_000_000L, 5_030_000_000L, 1, 5);
            Spell collection = new Spell(9_900_000_000L, 10_070_000_000L + step[1] * 2_000_000L, 1, 160);
            batches.add(Batch.of(step[0], step[1], served, 0, List.of(ends, noise, collection)));
        }

        Endings endings = Endings.of(batches);

        assertThat(endings.mode()).isEqualTo(Knobs.Mode.DEBOUNCED);
        assertThat(endings.endMs()).isCloseTo(8, within(0.01));
        assertThat(endings.cleanUp()).isEqualTo(Knobs.CleanUp.BLOCKS);
        assertThat(PutOff.of(batches)).isEqualTo(new PutOff(4_950, 4));
    }

    /** Seen of Panel 1.3.8 on a machine that did other things too: pauses of some 40 ms before the ends themselves. */
    @Test
    void a_pause_of_the_machine_before_the_ends_does_not_make_them_put_off() {
        double[] costs = {2090, 5789, 5233, 9652, 1600};
        int[][] steps = {{10, 0, 10}, {20, 10, 40}, {10, 30, 70}, {30, 0, 70}, {5, 0, 75}};
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            Spell pause = new Spell(15_000_000_000L, 15_040_000_000L, 1, 0);
            Spell ends = new Spell(20_000_000_000L, 20_000_000_000L + Math.round(costs[i] * 1e6), 1, costs[i]);
            batches.add(Batch.of(steps[i][0], steps[i][1], steps[i][2], 0, List.of(pause, ends)));
        }

        Endings endings = Endings.of(batches);

        assertThat(endings.mode()).isEqualTo(Knobs.Mode.EACH);
        assertThat(endings.cleanUp()).isEqualTo(Knobs.CleanUp.BLOCKS);
        assertThat(batches).extracting(batch -> batch.first().startNanos()).containsOnly(20_000_000_000L);
    }

    @Test
    void one_cost_for_many_is_debounced() {
        List<Batch> batches = new ArrayList<>();
        int served = 60;
        for (int[] step : PLAN) {
            served += step[0];
            double ms = 90 + 0.2 * served + 1.2 * step[1];
            batches.add(batch(step, served, ms, 1, ms));
        }

        Endings endings = Endings.of(batches);

        assertThat(endings.mode()).isEqualTo(Knobs.Mode.DEBOUNCED);
        assertThat(endings.cleanUp()).isEqualTo(Knobs.CleanUp.YIELDS);
        assertThat(endings.cost().timeMs()).isCloseTo(90, within(0.01));
        assertThat(endings.cost().growthMs()).isCloseTo(0.2, within(0.001));
        assertThat(endings.cost().crowdingMs()).isCloseTo(1.2, within(0.001));
    }

    @Test
    void pauses_of_the_machine_are_no_cost() {
        List<Batch> batches = new ArrayList<>();
        for (int[] step : PLAN) {
            batches.add(batch(step, 60, 30 + step[0] % 7, 1, 5));
        }

        assertThat(Endings.of(batches).mode()).isEqualTo(Knobs.Mode.FREE);
        assertThat(Endings.of(batches.subList(0, 2)).mode()).isEqualTo(Knobs.Mode.FREE);
    }

    @Test
    void the_text_tells_intervals_and_the_cpu_time_beside_the_wall() {
        assertThat(Endings.of(each(160, 0.3, 2.5, 0, true)).cost().how())
                .startsWith("least squares, ms with 95 % intervals: time 160.00 [")
                .endsWith("by CPU time 80.0, 0.15, 1.25");
    }

    /** Each batch's wall by the law, off by 3 % where there is a seed; CPU is half of it. */
    private static List<Batch> each(double time, double growth, double crowding, long seed, boolean blocks) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Batch> batches = new ArrayList<>();
        int served = 60;
        for (int[] step : PLAN) {
            served += step[0];
            double each = time + growth * served + crowding * (step[1] + (step[0] + 1) / 2.0);
            double noise = seed == 0 ? 1 : 1 + 0.03 * random.nextGaussian();
            batches.add(batch(step, served, step[0] * each * noise, blocks ? 1 : step[0], step[0] * each / 2));
        }
        return batches;
    }

    private static Batch batch(int[] step, int served, double ms, int stalls, double cpuMs) {
        Spell paid = new Spell(0, Math.round(ms * 1e6), stalls, cpuMs);
        return new Batch(step[0], step[1], served, 0, paid, paid);
    }
}
