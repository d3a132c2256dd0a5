package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import panelperf.RealParts;
import panelperf.bokeh.Json;
import panelperf.session.Knobs;
import panelperf.session.ServerSession;
import panelperf.session.SessionKey;
import panelperf.session.Spread;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** The admin page in a real Chromium. */
@Tag("real")
@Timeout(180)
final class RealAdminTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> TABS = List.of("overview", "timeline", "profiling", "logs");

    private static final List<String> COMPARED =
            List.of("id", "number", "state", "connections", "createdMs", "readyMs", "renderedMs", "closedMs");

    private static final OptionalLong NEVER = OptionalLong.empty();

    private final HttpClient client = HttpClient.newHttpClient();
    private ChromeDriver chromium;
    private WebDriverWait patience;

    @BeforeEach
    void open() {
        chromium = RealParts.chromium();
        patience = new WebDriverWait(chromium, Duration.ofSeconds(30));
    }

    /** Whatever a test did, the page broke no policy, and threw nothing that it did not catch. */
    @AfterEach
    void close() {
        try {
            assertThat(chromium.manage().logs().get("browser").getAll())
                    .filteredOn(entry -> !entry.getMessage().contains("ERR_CONNECTION_REFUSED"))
                    .isEmpty();
        } finally {
            chromium.quit();
        }
    }

    private static PageServer serve(int port) throws CannotListen {
        Ticker ticker = Ticker.system();
        return PageServer.start(
                Listening.onLocalhost(port),
                new HelloApp(),
                Knobs.standard().with(new Knobs.Rendering(Spread.parse("20ms"), 4)),
                ticker,
                Timeline.anchoredNow(ticker));
    }

    private void visit(int port, String tab) {
        chromium.get("about:blank");
        chromium.get("http://localhost:" + port + "/admin#" + tab);
        untilLive();
    }

    private void untilLive() {
        patience.until(driver -> state().equals("live"));
    }

    private String state() {
        return String.valueOf(chromium.findElement(By.id("connection")).getDomAttribute("data-state"));
    }

    private JsonNode get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return Json.read(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode known(String script) throws Exception {
        return text(chromium.executeScript("return JSON.stringify(" + script + ")"));
    }

    private static JsonNode text(@Nullable Object json) throws Exception {
        return Json.read(String.valueOf(json));
    }

    private void type(String id, String text) {
        WebElement field = chromium.findElement(By.id(id));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.BACK_SPACE : text);
    }

    @Test
    void during_a_load_the_page_has_the_values_of_sessions() throws Exception {
        try (PageServer server = serve(0)) {
            visit(server.port(), "overview");
            try (WireVisits visits = new WireVisits(server.port(), 1, 200, nanos -> {}).start(10)) {
                patience.until(driver -> Integer.parseInt(card("Total sessions").replace(",", "")) > 100);
                assertThat(visits.failed()).isZero();
            }
            // All sockets are closed; what was being rendered then is rendered still, and a change is told within 200
            // ms.
            patience.withMessage(() -> differences(server.port()))
                    .until(driver -> differences(server.port()).isEmpty());

            JsonNode sessions = get(server.port(), "/sessions");
            assertThat(sessions.size()).isGreaterThan(100);
            assertThat(card("Active sessions").replace(",", "")).isEqualTo(String.valueOf(sessions.size()));
            // Visits that were cut off have drawn nothing; the profile is told once a second.
            JsonNode drawn = known("[...admin.store.sessions.values()].filter(one => one.readyMs !== null)");
            double sumMs = 0;
            for (JsonNode row : drawn) {
                sumMs += row.get("readyMs").asDouble() - row.get("startedMs").asDouble();
            }
            patience.until(driver -> known("admin.store.profile.timeToRender.n", 0) == drawn.size());
            assertThat(known("admin.store.profile.timeToRender.meanMs").asDouble())
                    .isCloseTo(sumMs / drawn.size(), withPercentage(1));
            screenshot("admin-load-overview");
        }
    }

    /** Whole numbers are written in two ways. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return Double.compare(one.asDouble(), other.asDouble()) == 0;
        }
        return one.equals(other);
    }

    /** How what the page knows differs from the sessions that are listed, each of which is closed; empty when it does not. */
    private String differences(int port) {
        try {
            JsonNode listed = get(port, "/sessions");
            JsonNode shown = known("[...admin.store.sessions.values()].filter(one => one.destroyedMs === null)");
            List<String> different = new ArrayList<>();
            if (shown.size() != listed.size()) {
                different.add(listed.size() + " listed, " + shown.size() + " shown");
            }
            for (int i = 0; i < Math.min(listed.size(), shown.size()); i++) {
                for (String name : COMPARED) {
                    if (!isSame(listed.get(i).get(name), shown.get(i).get(name))) {
                        different.add("listed " + listed.get(i) + ", shown " + shown.get(i));
                    }
                }
                if (listed.get(i).get("connections").asInt() > 0) {
                    different.add("still open: " + listed.get(i));
                }
            }
            return String.join("\n", different);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String card(String title) {
        return chromium.findElement(By.xpath("//dt[text()='" + title + "']/following-sibling::dd[@class='value']"))
                .getText();
    }

    @Test
    void filters_leave_what_they_say_and_a_row_leads_to_its_lines() throws Exception {
        try (FedServer server = FedServer.start(6, 60, 1_500)) {
            visit(server.server().port(), "timeline");
            chromium.findElement(By.id("zoom-all")).click();
            patience.until(driver -> rows() > 20);
            int all = rows();

            new Select(chromium.findElement(By.id("state-filter"))).selectByValue("waiting");
            patience.until(driver -> rows() < all);
            assertThat(known("admin.timeline.rows"))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get("state").asText()).isEqualTo("closed"));
            new Select(chromium.findElement(By.id("state-filter"))).selectByValue("");
            type("duration-filter", "1000");
            patience.until(driver -> rows() < all);
            assertThat(known("admin.timeline.rows.filter(row => row.renderedMs !== null)"))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get("renderedMs").asDouble()
                                    - row.get("createdMs").asDouble())
                            .isGreaterThanOrEqualTo(1_000));
            type("duration-filter", "0");
            type("name-filter", "#3");
            patience.until(driver -> rows() == 1);
            WebElement canvas = chromium.findElement(By.id("canvas"));
            canvas.sendKeys(Keys.ARROW_DOWN);
            assertThat(chromium.findElement(By.id("chosen")).getText()).startsWith("#3 synthetic");
            canvas.sendKeys(Keys.ENTER);

            patience.until(driver -> log("session").size() > 3);
            assertThat(log("session")).allMatch("#3"::equals);
            type("text-filter", "page drawn");
            patience.until(driver -> log("text").size() == 1);
            assertThat(log("text")).singleElement().asString().startsWith("page drawn after");
            type("text-filter", "");
            type("session-filter", "");
            new Select(chromium.findElement(By.id("level-filter"))).selectByValue("warn");
            patience.until(
                    driver -> !log("level").isEmpty() && log("level").stream().allMatch("warn"::equals));
        }
    }

    /** One column of the log, as it is at one moment: it is drawn anew with every line that comes. */
    private List<?> log(String column) {
        Object cells = chromium.executeScript(
                "return [...document.querySelectorAll('#log-table td." + column + "')].map(cell => cell.textContent)");
        return (List<?>) Objects.requireNonNull(cells);
    }

    private int rows() {
        Object rows = chromium.executeScript("return admin.timeline.rows ? admin.timeline.rows.length : 0");
        return ((Number) Objects.requireNonNull(rows)).intValue();
    }

    @Test
    void a_thousand_sessions_stay_fluid() throws Exception {
        try (PageServer server = serve(0)) {
            visit(server.port(), "timeline");
            try (WireVisits visits = new WireVisits(server.port(), 1, 50, nanos -> {}).start(12)) {
                patience.until(driver -> known("admin.store.sessions.size", 0) >= 1_000);
                chromium.findElement(By.id("zoom-all")).click();
                patience.until(driver -> rows() >= 1_000);

                JsonNode frames = text(chromium.executeAsyncScript(FRAMES));
                System.out.printf(
                        Locale.ROOT,
                        "%d rows under load: %d frames in 4 s; between frames p50 %.1f ms, p95 %.1f ms, longest %.1f ms;"
                                + " painting p50 %.1f ms, p95 %.1f ms, longest %.1f ms%n",
                        rows(),
                        frames.get("frames").asInt(),
                        frames.at("/between/0").asDouble(),
                        frames.at("/between/1").asDouble(),
                        frames.at("/between/2").asDouble(),
                        frames.at("/paint/0").asDouble(),
                        frames.at("/paint/1").asDouble(),
                        frames.at("/paint/2").asDouble());
                assertThat(visits.failed()).isZero();
                // How fluid it is the line above says: 60 Hz leave 16.7 ms a frame. A page that stands still fails
                // anywhere.
                assertThat(frames.at("/paint/0").asDouble()).isLessThan(100);
                assertThat(frames.get("frames").asInt()).isGreaterThan(10);
                screenshot("admin-thousand-sessions");
            }
        }
    }

    private int known(String script, int ifNot) {
        Object number = chromium.executeScript("return " + script);
        return number instanceof Number found ? found.intValue() : ifNot;
    }

    private static final String FRAMES = """
            const done = arguments[arguments.length - 1];
            const between = [];
            admin.timeline.paintTimes.length = 0;
            let last = performance.now();
            const end = last + 4000;
            const rank = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];
            const ranks = all => [rank(all, 0.5), rank(all, 0.95), rank(all, 1)];
            requestAnimationFrame(function frame(now) {
              between.push(now - last);
              last = now;
              if (now < end) {
                requestAnimationFrame(frame);
              } else {
                between.shift();
                done(JSON.stringify({ frames: between.length, between: ranks(between), paint: ranks(admin.timeline.paintTimes) }));
              }
            });
            """;

    @Test
    void after_the_servers_restart_the_page_comes_back_by_itself() throws Exception {
        PageServer first = serve(0);
        int port = first.port();
        visit(port, "overview");
        try (WireVisits visits = new WireVisits(port, 1, 100, nanos -> {}).start(1)) {
            patience.until(driver -> !card("Total sessions").equals("0"));
            assertThat(visits.failed()).isZero();
        }
        first.close();
        patience.until(driver -> state().equals("lost"));

        try (PageServer second = serve(port)) {
            untilLive();

            assertThat(second.port()).isEqualTo(port);
            assertThat(card("Total sessions")).isEqualTo("0");
        }
    }

    @Test
    void a_session_named_like_a_script_does_nothing() throws Exception {
        String name = "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
        try (PageServer server = serve(0)) {
            visit(server.port(), "timeline");
            // Tokens with such a name are refused; the page must not rely on it.
            server.admin()
                    .history()
                    .changed(new ServerSession(
                            new SessionKey(name, 1),
                            1,
                            System.nanoTime(),
                            NEVER,
                            NEVER,
                            NEVER,
                            NEVER,
                            NEVER,
                            NEVER,
                            NEVER));
            patience.until(driver -> known("admin.store.sessions.size", 0) == 1);
            String title = chromium.getTitle();

            assertThat(known("[...admin.store.sessions.values()][0].id").asText())
                    .isEqualTo(name);
            patience.until(driver -> rows() == 1);
            WebElement canvas = chromium.findElement(By.id("canvas"));
            canvas.sendKeys(Keys.ARROW_DOWN);
            assertThat(chromium.findElement(By.id("chosen")).getText()).contains("<script>");
            canvas.sendKeys(Keys.ENTER);
            patience.until(driver ->
                    !driver.findElements(By.cssSelector("#log-table tbody tr")).isEmpty());

            assertThat(chromium.findElements(By.cssSelector("main script, main img")))
                    .isEmpty();
            assertThat(chromium.getTitle()).isEqualTo(title);
        }
    }

    @Test
    void a_recording_is_started_stopped_and_downloaded_from_the_page() throws Exception {
        try (PageServer server = serve(0)) {
            visit(server.port(), "profiling");
            WebElement button = chromium.findElement(By.id("record"));
            button.click();
            patience.until(driver -> button.getText().equals("Stop the recording"));
            try (WireVisits visits = new WireVisits(server.port(), 1, 100, nanos -> {}).start(2)) {
                patience.until(driver -> known("admin.store.census.total", 0) > 5);
                assertThat(visits.failed()).isZero();
            }
            button.click();
            patience.until(driver -> driver.findElement(By.id("download")).isDisplayed());

            String link = String.valueOf(chromium.findElement(By.id("download")).getDomProperty("href"));
            byte[] recording = client.send(
                            HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            // Flight Recorder's files begin so.
            assertThat(new String(recording, 0, 3, StandardCharsets.ISO_8859_1)).isEqualTo("FLR");
            assertThat(new String(recording, StandardCharsets.ISO_8859_1)).contains("panelperf.SessionPhase");
        }
    }

    @Test
    void every_tab_reads_well_when_wide_when_dark_and_on_a_phone() throws Exception {
        try (FedServer server = FedServer.start(6, 120, 1_500)) {
            for (String mode : List.of("wide", "dark", "phone")) {
                boolean phone = mode.equals("phone");
                chromium.executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", phone ? 390 : 1400, "height", 844, "deviceScaleFactor", 1, "mobile", phone));
                chromium.executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        mode.equals("dark") ? "dark" : "light"))));
                for (String tab : TABS) {
                    visit(server.server().port(), tab);
                    patience.until(driver -> known("admin.store.sessions.size", 0) > 0);
                    Object overflow =
                            chromium.executeScript("return document.documentElement.scrollWidth > innerWidth");
                    assertThat(overflow)
                            .as(mode + " " + tab + " scrolls sideways")
                            .isEqualTo(false);
                    screenshot("admin-" + mode + "-" + tab);
                }
            }
        }
    }

    private void screenshot(String name) throws Exception {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), chromium.getScreenshotAs(OutputType.BYTES));
    }
}
