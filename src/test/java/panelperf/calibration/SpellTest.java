package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Polls of a server that is held at known times, ms. */
final class SpellTest {
    private static final long LEAST = ms(25);

    @Test
    void a_server_that_always_answers_has_no_spell() {
        assertThat(Spell.of(polls(10_000), LEAST)).isEmpty();
        assertThat(Spell.of(List.of(), LEAST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3000, 3300", "3003, 3303", "3007.5, 8000"})
    void one_hold_is_one_spell_of_its_length(double from, double to) {
        List<Spell> spells = Spell.of(polls(10_000, from, to), LEAST);

        assertThat(spells).hasSize(1);
        assertThat(spells.get(0).stalls()).isEqualTo(1);
        assertThat(spells.get(0).ms()).isCloseTo(to - from, within(6.0));
        assertThat(spells.get(0).cpuMs())
                .as("of a process that uses half of a core")
                .isCloseTo((to - from) / 2, within(6.0));
    }

    @Test
    void holds_between_which_the_server_answers_are_one_spell_of_many_stalls() {
        List<Spell> spells = Spell.of(polls(10_000, 3000, 3041, 3041.5, 3082, 3082.5, 3123, 8000, 8100), LEAST);

        assertThat(spells).extracting(Spell::stalls).containsExactly(3, 1);
        assertThat(spells.get(0).ms()).isCloseTo(123, within(8.0));
    }

    @Test
    void what_is_shorter_than_the_least_is_the_machines_noise() {
        assertThat(Spell.of(polls(10_000, 3000, 3020), LEAST)).isEmpty();
    }

    /** Over many holds the unseen beginning is right on average. */
    @Test
    void lengths_are_right_on_average() {
        SplittableRandom random = new SplittableRandom(7);
        double sum = 0;
        for (int i = 0; i < 400; i++) {
            double from = 3000 + 20 * random.nextDouble();
            sum += Spell.of(polls(6_000, from, from + 100), LEAST).get(0).ms();
        }
        assertThat(sum / 400).as("seed 7").isCloseTo(100, within(0.7));
    }

    /** Asks 8 ms after each answer, which takes 1 ms where the server is not held. */
    private static List<Poll> polls(double untilMs, double... holds) {
        List<Poll> polls = new ArrayList<>();
        double now = 0;
        while (now < untilMs) {
            double sent = now;
            double begins = sent;
            for (int i = 0; i < holds.length; i += 2) {
                begins = begins >= holds[i] - 1 && begins < holds[i + 1] ? holds[i + 1] : begins;
                if (begins > sent) {
                    break;
                }
            }
            double answered = begins > sent ? begins + 0.4 : sent + 1;
            polls.add(new Poll(ms(sent), ms(answered), answered / 2));
            now = answered + (begins > sent ? 0 : 8);
        }
        return polls;
    }

    private static long ms(double ms) {
        return Math.round(ms * 1e6);
    }
}
