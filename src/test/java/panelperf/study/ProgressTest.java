package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import panelperf.run.Runs;
import panelperf.visit.Outcome;

final class ProgressTest {
    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private long nowNanos;
    private final Progress progress = new Progress(
            new PrintStream(screen, true, StandardCharsets.UTF_8), List.of("single", "load"), () -> nowNanos);

    @Test
    void each_profile_has_a_line_that_is_drawn_over_the_last_one() {
        progress.started(Runs.start("load", 1, 0));
        progress.started(Runs.start("load", 2, 0));
        nowNanos = 61_000_000_000L;
        progress.ended(Runs.loaded("load", 1, 0, 400));

        progress.draw();
        assertThat(taken())
                .isEqualTo(ERASE + "  single          0 users  00:00       0 visits  spinner gone p90 none\n" + ERASE
                        + "↻ load            1 users  01:01       1 visits  spinner gone p90 400 ms\n");

        progress.ended(Runs.ended("load", 2, new Outcome.TimedOut("pulled")));
        nowNanos = 99_000_000_000L;
        progress.draw();
        assertThat(taken())
                .as("an ended profile's clock stands still")
                .startsWith("\u001b[2A" + ERASE)
                .endsWith("✓ load            0 users  01:01       2 visits  spinner gone p90 none\n");
    }

    @Test
    void visits_of_no_profile_are_not_shown() {
        progress.started(Runs.start("baseline", 1, 0));
        progress.ended(Runs.loaded("baseline", 1, 0, 400));

        progress.draw();

        assertThat(taken()).doesNotContain("baseline").contains("load            0 users");
    }

    @Test
    void the_last_lines_are_those_of_the_end() {
        progress.start();
        progress.started(Runs.start("single", 1, 0));
        progress.ended(Runs.loaded("single", 1, 0, 400));

        progress.close();
        progress.close();

        assertThat(taken()).contains("✓ single          0 users  00:00       1 visits  spinner gone p90 400 ms\n");
    }

    private String taken() {
        String text = screen.toString(StandardCharsets.UTF_8);
        screen.reset();
        return text;
    }
}
