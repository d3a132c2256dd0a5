package panelperf.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalibratePacingTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0, false",
        "1.0, 0.25, false",
        "1.1, 0.0, true",
        "0.1, 0.3, true", // somebody has begun just now: the load of a minute does not know yet
        "-1, 0.0, false", // the system does not tell
    })
    void a_busy_machine_is_refused(double load, double others, boolean refused) {
        assertThat(CalibratePacing.refusal(load, others).isPresent()).isEqualTo(refused);
    }

    @Test
    void the_refusal_says_what_was_expected_what_was_found_and_what_to_do() {
        assertThat(CalibratePacing.refusal(2.34, 1.5))
                .contains(
                        "expected a quiet machine (load of the last minute at most 1.0, at most 0.25 cores at work),"
                                + " found load 2.3 and 1.50 cores at work: the delays would be too long; wait until it is idle");
    }
}
