package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import panelperf.RealParts;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Step;

/** Opens pages and waits for them, in tests. */
final class Visiting {
    private static final long PATIENCE_SECONDS = 60;

    private Visiting() {}

    static PageBrowser browser() {
        return PageBrowser.light(LightSettings.standard().withPacing(Pacing.off()), Ticker.system());
    }

    static PageBrowser fullBrowser() {
        return PageBrowser.full(FullSettings.standard(RealParts.transpiled()), Ticker.system());
    }

    static CompletableFuture<PageView> begin(Browser browser, URI url, Duration deadline, Step... steps) {
        CompletableFuture<PageView> view = new CompletableFuture<>();
        browser.open(
                new PageRequest(url, "test", Ticker.system().nanos(), deadline, RequestHeaders.none(), List.of(steps)),
                view::complete);
        return view;
    }

    static PageView open(Browser browser, URI url, Duration deadline, Step... steps) throws Exception {
        return begin(browser, url, deadline, steps).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
