package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** A user's steps on a real Panel 1.3.8: {@code widgets.py}, which has a clock that ticks all the time. */
@Tag("real")
@Timeout(180)
final class RealPanelStepsTest {
    private static final Duration QUIET = Duration.ofMillis(500);

    @Test
    void steps_on_a_real_panel_page_last_until_their_effect_is_complete() throws Exception {
        try (RealPanel panel = RealPanel.start("widgets.py");
                LightBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(
                    browser,
                    panel.url(),
                    Duration.ofSeconds(60),
                    new Step.Think(Duration.ofSeconds(2)),
                    set("Rows", "20"),
                    set("Guests", 7),
                    new Step.Click("Refresh", QUIET),
                    set("City", "Rome"),
                    set("Smoking", true),
                    set("Words", "no fish"));

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.steps().stream().map(StepView::end)).containsOnly(StepView.End.DONE);
            Map<String, Double> durations =
                    view.steps().stream().collect(Collectors.toMap(StepView::name, StepView::durationMs));
            assertThat(durations.get("set Rows"))
                    .as("ms of a function of 800 ms behind a loader")
                    .isGreaterThan(800);
            assertThat(durations.get("set Guests"))
                    .as("ms of a function of 200 ms without a loader")
                    .isGreaterThan(200);
            assertThat(durations.get("click Refresh"))
                    .as("ms of a click's effect: after the answer, and not the clock's")
                    .isPositive();
        }
    }

    private static Step set(String model, Object value) {
        return new Step.Change(model, "", value, QUIET);
    }
}
