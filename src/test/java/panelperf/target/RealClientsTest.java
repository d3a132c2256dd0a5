package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import panelperf.RealParts;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** The target before clients that are not ours: Bokeh's own Python client, and Chromium. */
@Tag("real")
@Timeout(120)
final class RealClientsTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @Test
    void bokehs_python_client_accepts_the_session() throws Exception {
        try (PageServer server = serve(Duration.ZERO)) {
            String printed = pull(server);

            assertThat(printed)
                    .contains("title Panel Performance")
                    .contains("root Column main-")
                    .contains("['pn-loading', 'pn-arc']")
                    .contains("server 3.3.4");
        }
    }

    @Test
    void bokehs_python_client_accepts_the_dashboard() throws Exception {
        Ticker ticker = Ticker.system();
        try (PageServer server = PageServer.start(
                Listening.onLocalhost(0), new DashboardApp(), Knobs.standard(), ticker, Timeline.anchoredNow(ticker))) {
            String printed = pull(server);

            assertThat(printed)
                    .contains("title Station dashboard")
                    .contains("root Slider None []")
                    .contains("root Row None []")
                    .contains("['pn-loading', 'pn-arc']")
                    .contains("slid 80")
                    .contains("server 3.3.4");
        }
    }

    @Test
    void chromium_shows_the_header_the_spinner_and_then_the_content() throws Exception {
        try (PageServer server = serve(Duration.ofSeconds(2))) {
            ChromeDriver chromium = RealParts.chromium();
            try {
                chromium.get("http://localhost:" + server.port() + "/");
                WebDriverWait patience = new WebDriverWait(chromium, Duration.ofSeconds(30));

                patience.until(textToBePresentInElementLocated(By.cssSelector("#header .title"), "Panel Performance"));
                patience.until(driver -> !driver.findElements(By.cssSelector("#main .pn-loading.pn-arc"))
                        .isEmpty());
                screenshot(chromium, "target-spinner");
                assertThat(chromium.findElement(By.id("main")).getText()).doesNotContain("Hello");

                patience.until(textToBePresentInElementLocated(By.id("main"), "Hello, world!"));
                patience.until(driver ->
                        driver.findElements(By.cssSelector(".pn-loading")).isEmpty());
                screenshot(chromium, "target-loaded");
                assertThat(chromium.getTitle()).isEqualTo("Panel Performance");
                assertThat(chromium.manage().logs().get("browser").getAll()).isEmpty();
            } finally {
                chromium.quit();
            }
        }
    }

    @Test
    void the_page_reads_well_in_the_dark_and_on_a_phone() throws Exception {
        try (PageServer server = serve(Duration.ofMillis(1500))) {
            ChromeDriver chromium = RealParts.chromium();
            try {
                chromium.executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 700, "deviceScaleFactor", 2, "mobile", true));
                chromium.executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
                chromium.get("http://localhost:" + server.port() + "/");
                WebDriverWait patience = new WebDriverWait(chromium, Duration.ofSeconds(30));
                patience.until(driver -> !driver.findElements(By.cssSelector("#main .pn-loading.pn-arc"))
                        .isEmpty());
                screenshot(chromium, "target-phone-dark-spinner");

                patience.until(textToBePresentInElementLocated(By.id("main"), "Hello, world!"));
                screenshot(chromium, "target-phone-dark");

                Object overflow = chromium.executeScript("return document.documentElement.scrollWidth > innerWidth");
                assertThat(overflow).as("scrolls sideways").isEqualTo(false);
            } finally {
                chromium.quit();
            }
        }
    }

    private static String pull(PageServer server) throws Exception {
        Process pull = new ProcessBuilder(
                        RealParts.python().toString(),
                        "-W",
                        "ignore",
                        "src/test/python/pull.py",
                        "http://localhost:" + server.port() + "/")
                .redirectErrorStream(true)
                .start();
        String printed = new String(pull.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(pull.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pull.exitValue()).as(printed).isZero();
        return printed;
    }

    private static PageServer serve(Duration renderTime) throws CannotListen {
        Ticker ticker = Ticker.system();
        return PageServer.start(
                Listening.onLocalhost(0),
                new HelloApp(),
                Knobs.standard().with(new Knobs.Rendering(new Spread.Constant(renderTime), 4)),
                ticker,
                Timeline.anchoredNow(ticker));
    }

    private static void screenshot(ChromeDriver chromium, String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), chromium.getScreenshotAs(OutputType.BYTES));
    }
}
