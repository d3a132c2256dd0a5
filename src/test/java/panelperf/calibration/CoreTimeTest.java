package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoreTimeTest {
    @TempDir
    Path directory;

    @Test
    void cores_at_work_are_busy_time_by_all_time() throws IOException {
        CoreTime before = read("cpu  100 10 50 1000 20 5 5 10 3 0\ncpu0 1 1\ncpu1 1 1\nintr 5\n");
        CoreTime after = read("cpu  130 10 60 1140 30 5 5 20 3 0\ncpu0 1 1\ncpu1 1 1\nintr 5\n");

        assertThat(before).isEqualTo(new CoreTime(2, 180, 1020));
        assertThat(after.coresSince(before)).isCloseTo(2 * 50 / 200.0, within(1e-9));
        assertThat(after.coresSince(after)).isZero();
    }

    @Test
    void a_system_that_does_not_tell_tells_nothing() throws IOException {
        assertThat(CoreTime.read(directory.resolve("none"))).isEmpty();
        assertThat(CoreTime.read(Files.writeString(directory.resolve("short"), "cpu 1 2 3\n")))
                .isEmpty();
        assertThat(CoreTime.read(Files.writeString(directory.resolve("words"), "cpu a b c d e f g h\n")))
                .isEmpty();
    }

    private CoreTime read(String text) throws IOException {
        return CoreTime.read(Files.writeString(directory.resolve("stat"), text)).orElseThrow();
    }
}
