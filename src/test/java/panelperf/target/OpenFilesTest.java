package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenFilesTest {
    @ParameterizedTest
    @CsvSource({
        "20000, 1048576, 20000",
        "20000, 20512, 20000",
        "20000, 20000, 19488",
        "20000, 256, 128",
        "1, 1, 1",
        "2147483647, 9223372036854775807, 2147483647"
    })
    void connections_leave_room_for_other_files(int wanted, long allowed, int room) {
        assertThat(OpenFiles.room(wanted, allowed)).isEqualTo(room);
    }

    @Test
    void every_machine_allows_some() {
        assertThat(OpenFiles.allowed()).isPositive();
    }
}
