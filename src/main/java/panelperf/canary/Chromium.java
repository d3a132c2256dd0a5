package panelperf.canary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;
import org.openqa.selenium.remote.http.HttpMethod;
import panelperf.visit.RequestHeaders;

/** One Chromium process with an empty profile, driven through a driver that runs already. One thread's. */
final class Chromium implements AutoCloseable {
    /** ChromeDriver's own command: one of the DevTools protocol's, passed through. */
    private static final String CDP = "executeCdpCommand";

    private static final String WATCH = resource();
    /** A page of text, so that the browser has painted once: what people use has been open for a while. */
    private static final String FIRST_PAGE = "data:text/html,<p>Ready</p>";

    private static final String PAINTED =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
    private static final String TELL = "return window.panelperfWatch ? window.panelperfWatch() : null";

    private final Driver driver;
    private final String name;

    private Chromium(Driver driver, String name) {
        this.driver = driver;
        this.name = name;
    }

    /** Selenium's driver for a server that it did not start, with the one more command. */
    private static final class Driver extends RemoteWebDriver {
        Driver(HttpCommandExecutor executor, MutableCapabilities wanted) {
            super(executor, wanted);
        }

        /** The command's answer, by its field's names. */
        Map<?, ?> cdp(String command, Map<String, Object> parameters) {
            Object answer =
                    execute(CDP, Map.of("cmd", command, "params", parameters)).getValue();
            return answer instanceof Map<?, ?> fields ? fields : Map.of();
        }

        /** The same of a command whose answer says nothing. */
        void tell(String command, Map<String, Object> parameters) {
            Map<?, ?> unused = cdp(command, parameters);
        }
    }

    /**
     * Starts it, paints a first page, and gives it the script that watches.
     *
     * @param arguments of the browser, beside those that it always has
     * @param headers what its requests carry beside its own
     * @param patience how long any one command may take
     * @throws CannotStart when it does not come up
     */
    static Chromium open(URI driver, Path browser, List<String> arguments, RequestHeaders headers, Duration patience)
            throws CannotStart {
        Driver started;
        try {
            HttpClient client = HttpClient.Factory.createDefault()
                    .createClient(ClientConfig.defaultConfig().baseUri(driver).readTimeout(patience));
            HttpCommandExecutor executor = new HttpCommandExecutor(
                    client,
                    Map.of(CDP, new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
                    driver.toURL());
            started = new Driver(executor, options(browser).addArguments(arguments));
        } catch (WebDriverException e) {
            throw new CannotStart(browser + " does not start: " + firstLine(e));
        } catch (MalformedURLException e) {
            throw new CannotStart("no driver at " + driver);
        }
        Chromium chromium = new Chromium(
                started, productOf(browser) + " " + started.getCapabilities().getBrowserVersion());
        try {
            started.get(FIRST_PAGE);
            started.executeAsyncScript(PAINTED);
            started.tell("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
            if (!headers.values().isEmpty()) {
                started.tell("Network.enable", Map.of());
                started.tell("Network.setExtraHTTPHeaders", Map.of("headers", headers.values()));
            }
            return chromium;
        } catch (WebDriverException e) {
            chromium.close();
            throw new CannotStart(browser + " shows no page: " + firstLine(e));
        }
    }

    private static ChromeOptions options(Path browser) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.setPageLoadStrategy(PageLoadStrategy.NONE); // a page ends when its loaders go, not with its load event
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--disable-quic",
                "--disable-extensions",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--mute-audio",
                "--window-size=1280,800");
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox"); // Chromium refuses to run as root with one, as in a container
        }
        return options;
    }

    private static String productOf(Path browser) {
        boolean chromium =
                browser.getFileName().toString().toLowerCase(Locale.ROOT).contains("chromium");
        return chromium ? "Chromium" : "Chrome";
    }

    /** The browser's name and version. */
    String name() {
        return name;
    }

    /** The driver's name and version. */
    String driverName() {
        Object told = driver.getCapabilities().getCapability("chrome");
        Object version = told instanceof Map<?, ?> chrome ? chrome.get("chromedriverVersion") : null;
        return "ChromeDriver "
                + (version == null ? "unknown" : version.toString().split(" ", 2)[0]);
    }

    /**
     * Goes to a page; returns when its answer has begun to come. By the DevTools protocol, because WebDriver's own command
     * does not tell of an error page where it does not wait for the load event.
     *
     * @return Chromium's word for why it does not come, such as {@code net::ERR_CONNECTION_REFUSED}; empty when it does
     * @throws WebDriverException when the browser is gone
     */
    String go(URI page) {
        Object problem =
                driver.cdp("Page.navigate", Map.of("url", page.toString())).get("errorText");
        return problem == null ? "" : problem.toString();
    }

    /**
     * What it has seen so far.
     *
     * @throws WebDriverException when the browser is gone
     */
    PageSeen seen() {
        Object told = driver.executeScript(TELL);
        return PageSeen.of(told == null ? null : told.toString());
    }

    /** Without the stack of the driver, which follows on the next lines. */
    static String firstLine(WebDriverException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }

    /** Ends the browser, if it lives. */
    @Override
    public void close() {
        try {
            driver.quit();
        } catch (WebDriverException e) {
            return; // gone already
        }
    }

    private static String resource() {
        try (InputStream in = Chromium.class.getResourceAsStream("watch.js")) {
            if (in == null) {
                throw new IllegalStateException("expected the resource watch.js beside " + Chromium.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
