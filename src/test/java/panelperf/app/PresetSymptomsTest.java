package panelperf.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import panelperf.rehearsal.Ablation;
import panelperf.rehearsal.Rehearsal;
import panelperf.rehearsal.Symptoms;
import panelperf.session.Knobs;

/** What the study found of Panel 1.3.8, in virtual time: each symptom is there with its fault, and gone without it. */
final class PresetSymptomsTest {
    private static final Knobs PANEL = ServeKnobs.of(Preset.named("panel-1.3.8"));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    private static Symptoms without(Ablation fault, long seed) {
        return Symptoms.of(Rehearsal.play(fault.of(PANEL), seed));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void panel_1_3_8_has_every_symptom_of_the_study(long seed) {
        Symptoms seen = Symptoms.of(Rehearsal.play(PANEL, seed));

        assertThat(seen.slowerWithUsers()).as("visits are slower with users").isGreaterThan(5);
        assertThat(seen.initialisingAtOnce()).as("sessions begin one by one").isEqualTo(1);
        assertThat(seen.renderingAtOnce()).as("renders overlap").isGreaterThan(1);
        assertThat(seen.destroyingAtOnce()).as("sessions end one by one").isEqualTo(1);
        assertThat(seen.longestStallMs())
                .as("and nothing else happens meanwhile")
                .isGreaterThan(5_000);
        assertThat(seen.renderDelayMs()).as("drawn pages wait for that").isGreaterThan(100);
        assertThat(seen.leastLingerMs()).as("unused sessions live on").isGreaterThan(15_000);
        assertThat(seen.mostLingerMs())
                .as("and longer than 32 s while others end")
                .isGreaterThan(32_000);
        assertThat(seen.mostLive()).as("they pile up").isGreaterThan(50);
        assertThat(seen.drainMs()).as("the drain takes about a minute").isBetween(20_000.0, 120_000.0);
    }

    /** Where the looks fall so that fewer than one visit in ten meets a clean-up, the ninetieth percentile does not see it. */
    @Test
    void visits_get_slower_with_time_unless_chance_spares_nine_in_ten() {
        assertThat(seeds().filter(seed -> without(Ablation.NOTHING, seed).slowerWithTime() > 2))
                .hasSizeGreaterThanOrEqualTo(18);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void without_the_cost_of_ends_neither_time_nor_users_slow_a_visit_so(long seed) {
        Symptoms seen = without(Ablation.DESTRUCTION, seed);

        assertThat(seen.slowerWithTime()).isLessThan(1.5);
        assertThat(seen.destroyingAtOnce()).isZero();
        assertThat(seen.longestStallMs()).isZero();
        assertThat(seen.renderDelayMs()).isZero();
        assertThat(seen.mostLingerMs())
                .as("15 to 32 s, and what the loop is busy with")
                .isLessThan(34_000);
        assertThat(seen.drainMs()).isLessThan(34_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void where_one_collection_serves_many_ends_no_long_stall_is_left(long seed) {
        Symptoms seen = without(Ablation.EACH, seed);

        assertThat(seen.longestStallMs()).isLessThan(2_000);
        assertThat(seen.slowerWithTime()).isLessThan(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void where_the_clean_up_yields_no_stall_is_longer_than_one_end(long seed) {
        Symptoms blocking = Symptoms.of(Rehearsal.play(PANEL, seed));

        assertThat(without(Ablation.CLEAN_UP, seed).longestStallMs()).isLessThan(blocking.longestStallMs() / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sessions_that_begin_beside_the_loop_overlap(long seed) {
        assertThat(without(Ablation.INITIALISATION, seed).initialisingAtOnce()).isGreaterThan(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_pool_of_one_renders_one_at_a_time(long seed) {
        assertThat(without(Ablation.POOL, seed).renderingAtOnce()).isEqualTo(1);
    }

    @Test
    void the_native_preset_has_none_of_the_symptoms() {
        Symptoms seen = Symptoms.of(Rehearsal.play(Knobs.standard(), 1));

        assertThat(seen.slowerWithUsers()).isEqualTo(1);
        assertThat(seen.slowerWithTime()).isEqualTo(1);
        assertThat(seen.longestStallMs()).isZero();
        assertThat(seen.renderDelayMs()).isZero();
        assertThat(seen.leastLingerMs()).isGreaterThanOrEqualTo(15_000);
        assertThat(seen.mostLingerMs()).isLessThanOrEqualTo(32_000);
        assertThat(seen.drainMs()).isLessThanOrEqualTo(32_000);
    }

    @Test
    void the_same_seed_gives_the_same_run() {
        assertThat(Rehearsal.play(PANEL, 7)).isEqualTo(Rehearsal.play(PANEL, 7));
        assertThat(Rehearsal.play(PANEL, 7)).isNotEqualTo(Rehearsal.play(PANEL, 8));
    }
}
