package panelperf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that vary, as texts and as draws. */
final class SpreadTest {
    private static final long SEED = 20261125;

    @ParameterizedTest
    @ValueSource(strings = {"0", "90ms", "6.7ms", "75ms..100ms", "0..40ms", "90ms~120ms"})
    void a_text_form_is_read_and_written_alike(String text) {
        assertThat(Spread.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.5s, 1500ms", "2m, 120000ms", "0ms, 0", "1s..2s, 1000ms..2000ms"})
    void units_are_told_in_milliseconds(String read, String written) {
        assertThat(Spread.parse(read).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fast         | expected a time such as 90ms
            90           | found '90'
            -1ms         | found '-1ms'
            1ms..        | found '1ms..'
            100ms..75ms  | expected the smaller one first, found 100ms..75ms
            90ms..90ms   | write 90ms for one time
            120ms~90ms   | expected the smaller one first
            0~90ms       | a median of 0 has no logarithm
            2000m        | expected 0 to 1 day
            """)
    void what_makes_no_sense_is_refused_with_what_was_expected(String text, String sentence) {
        assertThatThrownBy(() -> Spread.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void a_constant_is_always_the_same() {
        assertThat(draws("90ms")).containsOnly(90.0);
        assertThat(Spread.zero().isZero()).isTrue();
        assertThat(Spread.parse("0").isZero()).isTrue();
    }

    @Test
    void an_even_spread_fills_its_range() {
        double[] draws = draws("75ms..100ms");

        assertThat(draws[0]).isBetween(75.0, 75.1);
        assertThat(draws[draws.length - 1]).isBetween(99.9, 100.0);
        assertThat(draws[draws.length / 2]).isCloseTo(87.5, within(0.5));
    }

    @Test
    void a_skewed_spread_has_the_median_and_the_ninetieth_percentile_that_it_names() {
        double[] draws = draws("90ms~120ms");

        assertThat(draws[draws.length / 2]).isCloseTo(90, within(1.0));
        assertThat(draws[draws.length * 9 / 10]).isCloseTo(120, within(2.0));
    }

    private static double[] draws(String text) {
        Random random = new Random(SEED);
        Spread spread = Spread.parse(text);
        double[] draws = new double[20_000];
        Arrays.setAll(draws, i -> spread.nanos(random) / 1e6);
        Arrays.sort(draws);
        return draws;
    }
}
