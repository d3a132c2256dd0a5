package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import panelperf.RealParts;
import panelperf.time.Ticker;

/** What a real Chromium sees of a page: its loaders through all shadow roots, every 20 ms, and whether Bokeh is idle. */
final class InChromium implements AutoCloseable {
    private static final String PROBE = """
            (function () {
              if (window !== window.top) { return; }
              var seen = new Set(), left = 0, gone = null, since = 0;
              function look(root) {
                var count = 0;
                root.querySelectorAll('*').forEach(function (element) {
                  if (element.classList.contains('pn-loading')) { count++; seen.add(element); }
                  if (element.shadowRoot) { count += look(element.shadowRoot); }
                });
                return count;
              }
              setInterval(function () {
                var now = look(document);
                if (now !== left) { since = performance.now(); }
                if (now === 0 && left > 0) { gone = performance.now(); }
                if (now > 0) { gone = null; }
                left = now;
              }, 20);
              window.panelperfSeen = function () {
                var documents = window.Bokeh && Bokeh.documents || [];
                var idle = documents.length > 0 && documents.every(function (d) { return d.is_idle; });
                if (!idle) { since = performance.now(); }
                return { status: performance.getEntriesByType('navigation')[0].responseStatus || 0, documents: documents.length,
                  idle: idle, seen: seen.size, left: left, gone: gone === null ? -1 : gone, quiet: performance.now() - since,
                  now: performance.now(), text: document.body ? document.body.innerText.slice(0, 80) : '' };
              };
            })();
            """;
    /** Longer than any gap between the loaders of a variant, and than the engine's own half second. */
    private static final double QUIET_MS = 900;

    private final ChromeDriver chromium;

    /**
     * What was seen.
     *
     * @param answer {@code loaded}, or why not
     * @param goneMs when the last loader went, ms since the navigation began; negative when there was none
     */
    record Seen(String answer, int loaders, double goneMs) {}

    InChromium(String... arguments) {
        chromium = RealParts.chromium(arguments);
        chromium.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PROBE));
        chromium.executeCdpCommand("Network.enable", Map.of());
        chromium.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    }

    /** Sends these with every request from now on, and no others. */
    void headers(Map<String, String> headers) {
        chromium.manage().deleteAllCookies();
        chromium.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", headers));
    }

    Seen open(URI url, Duration deadline) {
        Ticker ticker = Ticker.system();
        long end = ticker.nanos() + deadline.toNanos();
        chromium.get(url.toString());
        Map<?, ?> seen = look();
        while (ticker.nanos() - end < 0) {
            if (number(seen, "status") >= 400) {
                return seen("status " + (int) number(seen, "status"), seen);
            }
            if (Boolean.TRUE.equals(seen.get("idle"))
                    && number(seen, "left") == 0.0
                    && number(seen, "quiet") > QUIET_MS) {
                return seen("loaded", seen);
            }
            LockSupport.parkNanos(50_000_000);
            seen = look();
        }
        return seen(number(seen, "documents") < 1 ? "no document" : (int) number(seen, "left") + " loaders left", seen);
    }

    private static Seen seen(String answer, Map<?, ?> seen) {
        return new Seen(answer, (int) number(seen, "seen"), number(seen, "gone"));
    }

    private Map<?, ?> look() {
        Object answer = chromium.executeScript("return window.panelperfSeen ? panelperfSeen() : {}");
        return answer instanceof Map<?, ?> map ? map : Map.of();
    }

    private static double number(Map<?, ?> seen, String name) {
        return seen.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    static String shown(double ms) {
        return ms < 0 ? "-" : String.format(Locale.ROOT, "%.0f", ms);
    }

    @Override
    public void close() {
        chromium.quit();
    }
}
