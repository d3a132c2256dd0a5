package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TargetKnobsTest {
    @Test
    void knobs_are_handed_on_and_other_properties_are_not() {
        TargetKnobs knobs = TargetKnobs.read(Map.of("renderTime", "250ms", "checkPeriod", "1s", "users", "3"));

        assertThat(knobs.jvmArguments()).containsExactly("-DcheckPeriod=1s", "-DrenderTime=250ms");
    }

    @Test
    void they_are_refused_for_a_server_that_the_run_does_not_start() {
        TargetKnobs knobs = TargetKnobs.read(Map.of("renderTime", "250ms", "preset", "native"));

        assertThatThrownBy(() -> knobs.refuseFor("something listens at port 5555 already"))
                .isInstanceOf(StudyStopped.class)
                .hasMessage(
                        "something listens at port 5555 already, so -Dpreset, -DrenderTime cannot take effect: it is for"
                                + " a target that the run starts; leave it out, or stop that server and name none");
        assertThatCode(() -> TargetKnobs.read(Map.of("users", "3")).refuseFor("-DbaseUrl names a server"))
                .doesNotThrowAnyException();
    }
}
