package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.titleIs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import panelperf.RealParts;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** Both apps in a real Chromium, drawn by our page script and by the published BokehJS. */
@Tag("real")
@Timeout(120)
final class RealAppsTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** BokehJS draws in shadow roots, where selectors do not look. */
    private static final String DEEP = """
            const all = (root, found) => {
              for (const e of root.querySelectorAll('*')) {
                found.push(e);
                if (e.shadowRoot) all(e.shadowRoot, found);
              }
              return found;
            };
            const elements = all(document, []);
            """;

    private static ChromeDriver chromium;

    /** Who draws the page. */
    enum Script {
        OURS,
        BOKEHJS;

        PageScripts scripts() throws Exception {
            return this == OURS ? PageScripts.own() : PageScripts.bokehJs(RealParts.bokehJs());
        }
    }

    @BeforeAll
    static void start() {
        chromium = RealParts.chromium();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.quit();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hello_is_drawn_and_loses_its_spinners(Script script) throws Exception {
        try (PageServer server = serve(new HelloApp(), script)) {
            open(server);

            patience().until(driver -> text().contains("Hello, world!"));
            patience().until(driver -> loaders() == 0);
            assertNoErrors();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_dashboards_loaders_go_one_by_one(Script script) throws Exception {
        try (PageServer server = serve(new DashboardApp(), script)) {
            open(server);
            patience().until(titleIs("Station dashboard"));

            patience().until(driver -> text().contains("worst latency"));
            assertThat(loaders()).as("those that take longer").isPositive();
            patience().until(driver -> text().contains("All stations answered."));
            patience().until(driver -> text().contains("S003"));
            patience().until(driver -> loaders() == 0);
            screenshots("dashboard-" + script);
            assertNoErrors();
        }
    }

    @ParameterizedTest
    @EnumSource
    void moving_the_slider_changes_the_figure(Script script) throws Exception {
        try (PageServer server = serve(new DashboardApp(), script)) {
            open(server);
            patience().until(driver -> loaders() == 0 && text().contains("S003"));
            String before = figure();

            WebElement handle = (WebElement) Objects.requireNonNull(chromium.executeScript(
                    DEEP + "return elements.find(e => e.matches('input[type=range], .noUi-handle'));"));
            for (int i = 0; i < 5; i++) {
                handle.sendKeys(Keys.ARROW_RIGHT);
            }

            patience().until(driver -> text().contains("45 visitors are served about"));
            patience().until(driver -> !figure().equals(before));
            assertThat(server.refusals().of(Refusal.BAD_MESSAGE)).isZero();
            assertNoErrors();
        }
    }

    private static PageServer serve(App app, Script script) throws Exception {
        Ticker ticker = Ticker.system();
        return PageServer.start(
                Listening.onLocalhost(0),
                new Site(app, script.scripts()),
                Behaviour.of(Knobs.standard()),
                ticker,
                Timeline.anchoredNow(ticker));
    }

    private static void open(PageServer server) {
        chromium.get("http://localhost:" + server.port() + "/");
    }

    private static String text() {
        return String.valueOf(chromium.executeScript(DEEP
                + "return elements.filter(e => !e.children.length && !e.matches('script, style'))"
                + ".concat(elements.filter(e => e.matches('p'))).map(e => e.textContent).join('\\n');"));
    }

    private static long loaders() {
        return (Long) Objects.requireNonNull(chromium.executeScript(
                DEEP + "return elements.filter(e => e.classList.contains('pn-loading')).length;"));
    }

    /** The figure's line as far as it can be compared: our path, or BokehJS's pixels. */
    private static String figure() {
        return String.valueOf(chromium.executeScript(DEEP
                + "const line = elements.find(e => e.matches('path.pp-line'));"
                + "return line ? line.getAttribute('d')"
                + " : elements.filter(e => e.matches('canvas')).map(e => e.toDataURL()).join();"));
    }

    private static void assertNoErrors() {
        assertThat(chromium.manage().logs().get("browser").getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()))
                .isEmpty();
    }

    private static WebDriverWait patience() {
        return new WebDriverWait(chromium, Duration.ofSeconds(30));
    }

    /** In light and dark, wide and on a phone, where nothing may stick out. */
    private static void screenshots(String name) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            chromium.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            for (int width : List.of(1280, 390)) {
                chromium.executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", width < 600));
                patience()
                        .until(
                                driver -> Boolean.TRUE.equals(
                                        chromium.executeAsyncScript(
                                                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));")));
                assertThat(chromium.executeScript("return document.documentElement.scrollWidth > innerWidth"))
                        .as("scrolls sideways at %d", width)
                        .isEqualTo(false);
                Files.createDirectories(SCREENSHOTS);
                Files.write(
                        SCREENSHOTS.resolve(name + "-" + scheme + "-" + width + ".png"),
                        chromium.getScreenshotAs(OutputType.BYTES));
            }
        }
        chromium.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
}
