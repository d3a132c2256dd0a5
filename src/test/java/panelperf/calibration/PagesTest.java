package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private static Sample sample(Double... ms) {
        Sample sample = new Sample();
        sample.addAll(List.of(ms));
        return sample;
    }

    private static String order(Sample first, Sample gaps) {
        return new Pages(first, gaps, sample(50.0)).findings().get(0).value();
    }

    @Test
    void pages_that_come_one_after_another_are_made_so_even_where_the_first_was_late() {
        assertThat(order(sample(51.0, 52.0), sample(50.0, 51.0, 50.0))).isEqualTo("sequential");
        assertThat(order(sample(1400.0, 1300.0, 51.0), sample(50.0, 51.0, 50.0, 2.0, 49.0)))
                .isEqualTo("sequential");
    }

    @Test
    void pages_that_come_together_are_made_at_once() {
        assertThat(order(sample(51.0, 52.0), sample(0.5, 8.0, 1.0, 50.0, 2.0))).isEqualTo("parallel");
    }
}
