package panelperf.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void work_that_began_while_it_was_measured_is_refused_and_a_server_that_ends_sessions_now_and_then_is_not() {
        assertThat(CalibratePacing.disturbance(List.of(0.05, 0.1, 1.2, 0.02, 0.9)))
                .isEmpty();
        assertThat(CalibratePacing.disturbance(List.of()))
                .as("where the system does not tell")
                .isEmpty();
        assertThat(CalibratePacing.disturbance(List.of(0.05, 0.1, 1.2, 0.6, 0.9)))
                .contains("expected at most 0.25 cores at work between the visits (the median of 5 pauses), found 0.60:"
                        + " somebody else's work is in the figures, so no file was written; wait until the machine is idle"
                        + " and start again");
    }
}
