package panelperf.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import panelperf.headless.Pacing;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/** The two delays from visits as they might have been. */
final class PacingMeasurementTest {
    private static final URI PAGE = URI.create("http://localhost:5006/hello?token=hunter2");

    @TempDir
    Path directory;

    /** Of visit i: the server takes i · 10 ms in both, which must fall out. */
    private static final class Browser implements Visitor {
        private final List<String> order;
        private int visits;

        Browser(List<String> order) {
            this.order = order;
        }

        @Override
        public String ready(URI page) {
            return "Chromium 156";
        }

        @Override
        public CanaryVisit visit(URI page, Duration deadline) {
            order.add("browser");
            double server = 10 * visits++;
            return seen(new Outcome.Loaded(), 400 + server, 450 + server, 497 + server);
        }

        @Override
        public void close() {}
    }

    private static CanaryVisit seen(Outcome outcome, double open, double pulled, double ready) {
        return new CanaryVisit(
                0,
                1000,
                outcome,
                Map.of(
                        BrowserMilestone.SCRIPTS, open - 280,
                        BrowserMilestone.WS_OPEN, open,
                        BrowserMilestone.PULLED, pulled,
                        BrowserMilestone.READY, ready),
                new Loaders(1, 0),
                "Chromium 156.0.1",
                "ChromeDriver 156.0.2");
    }

    private static PageView light(double open, double pulled, double ready) {
        Milestones at =
                new Milestones(Map.of(Milestone.WS_OPEN, open, Milestone.PULLED, pulled, Milestone.READY, ready));
        return new PageView(200, new Outcome.Loaded(), 0.5, 0, 1000, at, new Loaders(1, 0), 9, 9, null);
    }

    private static PacingMeasurement measured(List<String> order) throws Exception {
        int[] visits = {0};
        return PacingMeasurement.run(
                new Browser(order),
                () -> {
                    order.add("light");
                    double server = 10 * visits[0]++;
                    return light(120.5 + server, 170 + server, 177 + server);
                },
                PAGE,
                5,
                line -> {});
    }

    @Test
    void the_delays_are_what_the_browser_takes_longer_whatever_the_server_takes() throws Exception {
        List<String> order = new ArrayList<>();

        PacingMeasurement measured = measured(order);

        assertThat(measured.evaluate().ms()).isEqualTo(280);
        assertThat(measured.render().ms()).isEqualTo(40);
        assertThat(measured.evaluate().n()).isEqualTo(5);
        assertThat(order).as("two pairs to warm up, then five").hasSize(14);
        assertThat(order.subList(0, 4)).containsExactly("browser", "light", "browser", "light");
    }

    @Test
    void the_file_is_read_by_the_light_engine_and_says_where_it_comes_from() throws Exception {
        String text = PacingText.of(
                measured(new ArrayList<>()),
                new PacingText.Circumstances(
                        PAGE, "TornadoServer/6.4", "a machine, 2 cores", "light, JDK 17", Instant.EPOCH));
        Path file = Files.writeString(directory.resolve("pacing.json"), text);

        Pacing pacing = Pacing.read(file);

        assertThat(pacing.evaluateMs()).isEqualTo(280);
        assertThat(pacing.renderMs()).isEqualTo(40);
        assertThat(pacing.source())
                .isEqualTo("Chromium 156.0.1 on http://localhost:5006/hello?token=REDACTED (TornadoServer/6.4),"
                        + " a machine, 2 cores, 1970-01-01");
        assertThat(text)
                .contains("\"measured\" : \"1970-01-01 00:00 UTC\"", "ChromeDriver 156.0.2", "JDK 17")
                .contains("440.0 ms in the browser, 160.0 ms in the light engine without pacing (medians of 5 visits")
                .contains("280.0 ms of it came after the last script")
                .contains("47.0 ms in the browser, 7.0 ms in the light engine")
                .doesNotContain("hunter2")
                .endsWith("}\n");
    }

    @Test
    void a_browser_that_is_quicker_needs_no_delay() {
        PacingPair pair = PacingPair.of(seen(new Outcome.Loaded(), 300, 310, 311), light(350, 360, 380))
                .orElseThrow();

        assertThat(Delay.of(List.of(pair), PacingPair::browserOpenMs, PacingPair::engineOpenMs)
                        .ms())
                .isZero();
    }

    @Test
    void a_page_that_does_not_load_is_no_pair_and_three_in_a_row_end_it() {
        CanaryVisit failed = seen(new Outcome.Failed("refused", "nobody there"), 300, 310, 320);
        assertThat(PacingPair.of(failed, light(1, 2, 3))).isEmpty();
        Visitor refusing = new Visitor() {
            @Override
            public String ready(URI page) throws CannotStart {
                throw new CannotStart("no browser");
            }

            @Override
            public CanaryVisit visit(URI page, Duration deadline) {
                return failed;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> PacingMeasurement.run(refusing, () -> light(1, 2, 3), PAGE, 5, line -> {}))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("failed (refused: nobody there)");
    }
}
