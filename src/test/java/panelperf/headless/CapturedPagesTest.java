package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/** The light engine before pages of real Panel servers, as they were recorded. */
@Timeout(60)
final class CapturedPagesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"page, 2", "page-dashboard, 5", "page-latest, 2"})
    void a_recorded_page_is_loaded_and_all_its_loaders_are_seen(String page, int loaders) throws Exception {
        try (FaultyServer server = new FaultyServer(Capture.of(page));
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), Duration.ofSeconds(30));

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.milestones().millis()).containsOnlyKeys(Milestone.values());
            assertThat(view.loaders().left()).isZero();
            assertThat(view.loaders().seen()).isGreaterThanOrEqualTo(loaders);
            assertThat(view.sessionId()).matches("[A-Za-z0-9]{44}");
        }
    }
}
