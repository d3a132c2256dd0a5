package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Drawn;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** The dashboard before the engine that loads are made with. */
@Timeout(60)
final class AppsInLightEngineTest {
    @Test
    void the_dashboard_is_loaded_when_its_last_loader_has_gone() throws Exception {
        Ticker ticker = Ticker.system();
        LightSettings unpaced = LightSettings.standard().withPacing(Pacing.off());
        try (PageServer server = PageServer.start(
                        Listening.onLocalhost(0),
                        new DashboardApp(),
                        Knobs.standard(),
                        ticker,
                        Timeline.anchoredNow(ticker));
                PageBrowser browser = PageBrowser.light(unpaced, ticker)) {
            URI url = URI.create("http://localhost:" + server.port() + "/");
            AtomicReference<Drawn> drawn = new AtomicReference<>();
            CompletableFuture<PageView> seen = new CompletableFuture<>();
            browser.inspect(
                    new PageRequest(url, "test", ticker.nanos(), Duration.ofSeconds(30)), drawn::set, seen::complete);

            PageView view = seen.get(40, TimeUnit.SECONDS);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.loaders())
                    .as("the body, four panes, and the late one")
                    .isEqualTo(new Loaders(6, 0));
            double wait = view.milestones().at(Milestone.SPINNER_GONE).orElseThrow()
                    - view.milestones().at(Milestone.READY).orElseThrow();
            assertThat(wait).as("200 ms, and 900 after them").isGreaterThan(1095);
            Drawn seenModels = Objects.requireNonNull(drawn.get());
            assertThat(seenModels.models()).containsKeys("Slider", "Row", "Column", "Div");
            assertThat(seenModels.blank()).doesNotContainKey("Slider");
        }
    }
}
