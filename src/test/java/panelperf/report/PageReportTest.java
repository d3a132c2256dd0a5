package panelperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import panelperf.run.Runs;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/** What {@code check} prints, byte by byte; {@code -Dgolden.update=true} rewrites the files, which are then to be read. */
final class PageReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Drawn DRAWN = new Drawn(
            "Station dashboard",
            "material",
            List.of("panel.models.browser.BrowserInfo", "Column"),
            Map.of("Column", 2),
            Map.of("panel.models.browser.BrowserInfo", 1));

    static Stream<Arguments> pages() {
        PageView loaded = Runs.loaded("check", 1, 0, 420).view();
        PageView refused = PageView.unseen(new Outcome.Failed(Cause.REFUSED, "GET http://localhost:1/"), 0, 5);
        PageView stuck = PageView.unseen(new Outcome.TimedOut("spinner_gone"), 0, 60_000);
        return Stream.of(
                Arguments.of("loaded", PageReport.render(Runs.PAGE, loaded, DRAWN)),
                Arguments.of("refused", PageReport.render(Runs.PAGE, refused, null)),
                Arguments.of("stuck", PageReport.render(Runs.PAGE, stuck, DRAWN)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_report_is_the_golden_one(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve("check-" + name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void a_progress_line_tells_how_far_a_profile_is() {
        assertThat(ProgressLine.render("load", 10, Duration.ofSeconds(83), 912, OptionalDouble.of(2894.4), false))
                .isEqualTo("↻ load           10 users  01:23     912 visits  spinner gone p90 2894 ms");
    }
}
