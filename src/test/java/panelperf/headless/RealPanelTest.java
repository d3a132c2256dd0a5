package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/** The light engine before a real Panel 1.3.8. */
@Tag("real")
@Timeout(180)
final class RealPanelTest {
    @Test
    void a_real_panel_page_is_loaded_with_all_its_milestones() throws Exception {
        try (RealPanel panel = RealPanel.start();
                PageBrowser browser = Visiting.browser()) {
            for (int visit = 0; visit < 3; visit++) {
                PageView view = Visiting.open(browser, panel.url(), Duration.ofSeconds(60));

                assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
                assertThat(view.milestones().millis()).containsOnlyKeys(Milestone.values());
                assertThat(view.loaders()).as("the body and the deferred pane").isEqualTo(new Loaders(2, 0));
                assertThat(view.receivedBytes())
                        .as("what Panel's scripts and styles weigh")
                        .isGreaterThan(2_500_000);
                assertThat(view.sessionId()).matches("[A-Za-z0-9]{44}");
            }
        }
    }
}
