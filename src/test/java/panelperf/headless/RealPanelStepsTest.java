package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import panelperf.RealParts;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** A user's steps on a real Panel 1.3.8: {@code widgets.py}, which has a clock that ticks all the time. */
@Tag("real")
@Timeout(180)
final class RealPanelStepsTest {
    private static final Duration QUIET = Duration.ofMillis(500);

    /** Keeps the events of every PATCH-DOC that the page sends, before its first script runs. */
    private static final String RECORDER = """
            (() => {
              window.sent = [];
              const send = WebSocket.prototype.send;
              WebSocket.prototype.send = function (data) {
                if (typeof data === 'string' && data.startsWith('{"events"')) { window.sent.push(...JSON.parse(data).events); }
                return send.call(this, data);
              };
            })();
            """;

    /** What was sent, as {@code label.property=value} or {@code label!event}. */
    private static final String SENT = """
            const document_ = Bokeh.documents[0];
            const label = id => { const m = document_.get_model_by_id(id); return m.title || m.label || m.type.split('.').pop(); };
            return window.sent.map(event => event.kind === 'ModelChanged'
                ? label(event.model.id) + '.' + event.attr + '=' + JSON.stringify(event.new)
                : label(event.msg_data.values.entries[0][1].id) + '!' + event.msg_data.name);
            """;

    /** All elements of a selector, in shadow roots too, in the document's order. */
    private static final String FOUND = """
            const found = [];
            const walk = root => {
              for (const element of root.querySelectorAll('*')) {
                if (element.matches(arguments[0])) { found.push(element); }
                if (element.shadowRoot) { walk(element.shadowRoot); }
              }
            };
            walk(document);
            return found;
            """;

    private static RealPanel panel;

    @BeforeAll
    static void start() throws IOException {
        panel = RealPanel.start("widgets.py");
    }

    @AfterAll
    static void stop() {
        if (panel != null) {
            panel.close();
        }
    }

    @ParameterizedTest(name = "full engine: {0}")
    @ValueSource(booleans = {false, true})
    void steps_on_a_real_panel_page_last_until_their_effect_is_complete(boolean full) throws Exception {
        try (PageBrowser browser = full ? Visiting.fullBrowser() : Visiting.browser()) {
            browser.prepare(panel.url(), RequestHeaders.none());
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
        }
    }

    @ParameterizedTest(name = "full engine: {0}")
    @ValueSource(booleans = {false, true})
    void a_real_panels_twin_of_our_dashboard_is_used_as_ours_is(boolean full) throws Exception {
        try (RealPanel dashboard = RealPanel.start("dashboard.py");
                PageBrowser browser = full ? Visiting.fullBrowser() : Visiting.browser()) {
            browser.prepare(dashboard.url(), RequestHeaders.none());
            PageView view = Visiting.open(
                    browser,
                    dashboard.url(),
                    Duration.ofSeconds(60),
                    new Step.Think(Duration.ofSeconds(1)),
                    set("Visitors at once", "95"),
                    set("Visitors at once", 12));

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.loaders().seen()).as("the body's, and five panes'").isGreaterThanOrEqualTo(5);
            assertThat(view.steps().stream().map(StepView::end)).containsOnly(StepView.End.DONE);
        }
    }

    /** The messages that {@link StepsScriptTest} expects of the same steps. */
    @Test
    void bokehjs_sends_for_a_users_hand_what_a_step_sends() {
        ChromeDriver chromium = RealParts.chromium();
        try {
            chromium.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", RECORDER));
            chromium.get(panel.url().toString());
            WebDriverWait patience = new WebDriverWait(chromium, Duration.ofSeconds(30));
            patience.until(driver -> found(chromium, ".noUi-handle").size() == 2
                    && found(chromium, ".pn-loading").isEmpty()
                    && found(chromium, "select").size() == 1);
            chromium.executeScript("window.sent = [];");

            found(chromium, ".noUi-handle").get(1).sendKeys(Keys.ARROW_RIGHT);
            found(chromium, ".bk-btn").get(0).click();
            found(chromium, "select").get(0).sendKeys("Rome");
            found(chromium, "input[type=checkbox]").get(0).click();
            found(chromium, "input[type=text]").get(0).sendKeys("x", Keys.ENTER);
            found(chromium, ".noUi-handle").get(0).sendKeys(Keys.ARROW_RIGHT);

            List<String> expected = List.of(
                    "Guests.value=5",
                    "Guests.value_throttled=5",
                    "Refresh!button_click",
                    "City.value=\"2\"",
                    "Smoking.active=true",
                    "Words.value_input=\"x\"",
                    "Words.value=\"x\"",
                    "Rows.value=11",
                    "Rows.value_throttled=11",
                    "Column.css_classes=[\"pn-loading\",\"pn-arc\"]");
            patience.until(driver -> sent(chromium).size() >= expected.size());
            assertThat(sent(chromium)).isEqualTo(expected);
        } finally {
            chromium.quit();
        }
    }

    @SuppressWarnings("unchecked") // what the script answers
    private static List<WebElement> found(ChromeDriver chromium, String selector) {
        return (List<WebElement>) Objects.requireNonNull(chromium.executeScript(FOUND, selector));
    }

    @SuppressWarnings("unchecked") // what the script answers
    private static List<String> sent(ChromeDriver chromium) {
        return (List<String>) Objects.requireNonNull(chromium.executeScript(SENT));
    }

    private static Step set(String model, Object value) {
        return new Step.Change(model, "", value, QUIET);
    }
}
