package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.session.Spread;

final class OptionTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0001, 0",
        "0.2814, 0.281ms",
        "7.234, 7.23ms",
        "75.14, 75.1ms",
        "168.4, 168ms",
        "15000, 15000ms"
    })
    void a_time_has_three_digits_and_can_be_read_back(double ms, String text) {
        assertThat(OptionText.ms(ms)).isEqualTo(text);
        assertThat(Spread.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"50, 50, 50ms", "50, 50.5, 50.1ms", "50, 80, 50ms~80ms", "0, 0, 0"})
    void a_time_that_varies_is_a_median_and_a_p90(double most, double longest, String text) {
        Sample sample = new Sample();
        for (int i = 0; i < 8; i++) {
            sample.add(most);
        }
        sample.add(longest);
        sample.add(longest);

        assertThat(Spread.parse(OptionText.spread(sample)).text())
                .isEqualTo(Spread.parse(text).text());
    }
}
