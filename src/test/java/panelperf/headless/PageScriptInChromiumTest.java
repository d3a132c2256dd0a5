package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import panelperf.RealParts;

/** The page script in a real browser, before the same pages as in HtmlUnit: the same file, the same end. */
@Tag("real")
@Timeout(120)
final class PageScriptInChromiumTest {
    private static ChromeDriver chromium;

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

    @Test
    void the_content_comes_and_the_loaders_go() throws IOException {
        try (FaultyServer server = new FaultyServer(Fault.NONE)) {
            chromium.get(server.url().toString());

            patience().until(textToBePresentInElementLocated(By.id("place"), "Hello, world!"));
            patience()
                    .until(driver ->
                            driver.findElements(By.className("pn-loading")).isEmpty());
        }
    }

    @Test
    void a_loader_that_stays_is_still_there() throws IOException {
        try (FaultyServer server = new FaultyServer(Fault.LOADER_STAYS)) {
            chromium.get(server.url().toString());

            patience()
                    .until(driver -> driver.findElements(By.cssSelector("body.pn-loading"))
                            .isEmpty());
            assertThat(chromium.findElements(By.cssSelector("#place .pn-loading")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "page, 'Hello, world!'",
        "page-dashboard, 'Details: all stations answered.'",
        "page-latest, 'Hello, world!'"
    })
    void a_recorded_page_comes_to_its_end(String page, String content) throws IOException {
        try (FaultyServer server = new FaultyServer(Capture.of(page))) {
            chromium.get(server.url().toString());

            patience().until(textToBePresentInElementLocated(By.tagName("body"), content));
            patience()
                    .until(driver ->
                            driver.findElements(By.className("pn-loading")).isEmpty());
        }
    }

    @Test
    void a_recorded_figure_is_drawn_from_its_binary_frames() throws IOException {
        try (FaultyServer server = new FaultyServer(Capture.of(Capture.DASHBOARD))) {
            chromium.get(server.url().toString());

            String line = "[data-model='Figure'] path.pp-line";
            patience()
                    .until(driver -> !driver.findElements(By.cssSelector(line)).isEmpty());
            WebElement path = chromium.findElement(By.cssSelector(line));
            assertThat(String.valueOf(path.getDomAttribute("d")).split("L", -1))
                    .as("500 points")
                    .hasSize(500);
            assertThat(chromium.findElement(By.cssSelector("[data-model='Figure'] svg"))
                            .getDomAttribute("aria-label"))
                    .isEqualTo("Requests per second");
        }
    }

    private static WebDriverWait patience() {
        return new WebDriverWait(chromium, Duration.ofSeconds(30));
    }
}
