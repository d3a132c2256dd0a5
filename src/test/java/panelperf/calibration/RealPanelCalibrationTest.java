package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.headless.RealPanel;
import panelperf.time.Ticker;

/** What of Panel 1.3.8 can be measured without waiting for the end of its sessions. */
@Tag("real")
@Timeout(180)
final class RealPanelCalibrationTest {
    @Test
    void a_real_panel_begins_sessions_one_by_one_and_stalls_on_the_wire() throws Exception {
        Ticker ticker = Ticker.system();
        try (RealPanel panel = RealPanel.start();
                Dialer dialer = new Dialer(new Site(panel.url()), ticker)) {
            Bench bench = new Bench(
                    new Site(panel.url()),
                    ServerProcess.of(panel.pid()),
                    new Course(10, Duration.ofSeconds(34), false),
                    ticker,
                    dialer,
                    line -> {});

            Map<String, String> found = Beginnings.measure(bench).findings().stream()
                    .collect(Collectors.toMap(Finding::option, Finding::value));

            assertThat(found).containsEntry("init", "sequential").containsEntry("files", "panel");
            assertThat(found.values()).as("every kind of work takes time").doesNotContain("0");
            assertThat(RoundTrips.measure(bench).value()).isEqualTo("nagle");
            assertThat(bench.cpuMs())
                    .as("the process that was named is the one that serves")
                    .isGreaterThan(1_000);
        }
    }
}
