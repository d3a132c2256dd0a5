package panelperf;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import panelperf.canary.InstalledChromium;
import panelperf.transpile.CannotTranspile;
import panelperf.transpile.KeptScripts;
import panelperf.transpile.Swc;

/**
 * The real browser and the real Panel that some tests need. Where one is missing the test is skipped with a loud line; where
 * {@code PANELPERF_REQUIRE_REAL_PARTS=true}, as in CI, it fails.
 */
public final class RealParts {
    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVER =
            List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

    private RealParts() {}

    /** A Python that has what {@code src/test/python/requirements.txt} names. */
    public static Path python() {
        return python("PANELPERF_PYTHON", ".venv", "requirements.txt");
    }

    /** A Python with the newest Panel: what {@code src/test/python/requirements-newest.txt} names. */
    public static Path newestPython() {
        return python("PANELPERF_PYTHON_NEWEST", ".venv-newest", "requirements-newest.txt");
    }

    private static Path python(String variable, String venv, String requirements) {
        String named = System.getenv(variable);
        Path python = Path.of(named == null ? venv + "/bin/python" : named);
        if (!Files.isExecutable(python)) {
            missing("a Python with Panel, expected at " + python.toAbsolutePath() + "; make it with: python3 -m venv "
                    + venv + " && " + venv + "/bin/pip install -r src/test/python/" + requirements);
        }
        return python;
    }

    /** The full engine's directory: with its transpiler, and what the tests have made with it so far. */
    public static KeptScripts transpiled() {
        return KeptScripts.below(swc(), transpiler());
    }

    /** swc, on Node. */
    public static Swc transpiler() {
        try {
            return Swc.find(swc());
        } catch (CannotTranspile e) {
            missing("transpiler: " + e.getMessage());
            throw new AssertionError("not reached", e);
        }
    }

    /** Where {@code .ci/run} puts the transpiler. */
    public static Path swc() {
        String named = System.getenv("PANELPERF_SWC");
        return Path.of(named == null ? ".swc" : named);
    }

    /** nginx, for the deployments that have it in front. */
    public static Path nginx() {
        return found(List.of("/usr/sbin/nginx", "/usr/bin/nginx"), "nginx");
    }

    /** The published files of BokehJS, as that Python's Bokeh brings them. */
    public static Path bokehJs() throws IOException {
        Process asked = new ProcessBuilder(
                        python().toString(),
                        "-c",
                        "import bokeh, pathlib; print(pathlib.Path(bokeh.__file__).parent / 'server/static/js')")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return Path.of(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    /** A headless Chromium with an empty profile, which speaks to nobody but the page. To be quit by the caller. */
    public static ChromeDriver chromium(String... more) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found(DRIVER, "chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(found(CHROMIUM, "Chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800");
        options.addArguments(more);
        return new ChromeDriver(service, options);
    }

    /** What the canary drives. */
    public static InstalledChromium chromiumAndDriver() {
        return InstalledChromium.find(System.getenv("PATH")).orElseGet(() -> {
            missing("browser for the canary: " + InstalledChromium.MISSING);
            throw new AssertionError("not reached");
        });
    }

    private static Path found(List<String> places, String what) {
        for (String place : places) {
            if (Files.isExecutable(Path.of(place))) {
                return Path.of(place);
            }
        }
        missing(what + ", expected at " + String.join(" or ", places));
        throw new AssertionError("not reached");
    }

    private static void missing(String what) {
        String sentence = "SKIPPED, because this machine has no " + what;
        if (Boolean.parseBoolean(System.getenv("PANELPERF_REQUIRE_REAL_PARTS"))) {
            throw new AssertionError(sentence + " (and PANELPERF_REQUIRE_REAL_PARTS forbids to skip)");
        }
        System.err.println("\n!!! " + sentence + "\n");
        abort(sentence);
    }
}
