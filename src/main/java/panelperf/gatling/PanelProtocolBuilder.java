package panelperf.gatling;

import io.gatling.core.protocol.Protocol;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Browser;
import panelperf.visit.RequestHeaders;
import panelperf.visit.VisitListener;

/** Immutable; every method answers a changed copy. */
public final class PanelProtocolBuilder implements ProtocolBuilder {
    /** As long as a browser driven by hand would be given before somebody reloads. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final @Nullable URI baseUrl;
    private final @Nullable Browser browser;
    private final Duration timeout;
    private final VisitListener listener;
    private final Map<String, String> headers;
    private final Ticker ticker;
    private final @Nullable Timeline timeline;

    private PanelProtocolBuilder(
            @Nullable URI baseUrl,
            @Nullable Browser browser,
            Duration timeout,
            VisitListener listener,
            Map<String, String> headers,
            Ticker ticker,
            @Nullable Timeline timeline) {
        this.baseUrl = baseUrl;
        this.browser = browser;
        this.timeout = timeout;
        this.listener = listener;
        this.headers = headers;
        this.ticker = ticker;
        this.timeline = timeline;
    }

    static PanelProtocolBuilder empty() {
        return new PanelProtocolBuilder(
                null, null, DEFAULT_TIMEOUT, VisitListener.none(), Map.of(), Ticker.system(), null);
    }

    /** Where the server is, for example {@code http://localhost:5006/app}. */
    public PanelProtocolBuilder baseUrl(String url) {
        return new PanelProtocolBuilder(URI.create(url), browser, timeout, listener, headers, ticker, timeline);
    }

    /** What opens the pages. */
    public PanelProtocolBuilder browser(Browser browser) {
        return new PanelProtocolBuilder(baseUrl, browser, timeout, listener, headers, ticker, timeline);
    }

    /** How long a visit may take, from its intended start, when its page says nothing else; 60 s by default. */
    public PanelProtocolBuilder timeout(Duration timeout) {
        return new PanelProtocolBuilder(baseUrl, browser, timeout, listener, headers, ticker, timeline);
    }

    /** Who hears of every visit, for example a journal. */
    public PanelProtocolBuilder listener(VisitListener listener) {
        return new PanelProtocolBuilder(baseUrl, browser, timeout, listener, headers, ticker, timeline);
    }

    /**
     * What every request to the server carries, the websocket's upgrade included: an authorization, a cookie, whatever
     * a proxy asks for. Neither journal nor reports show it.
     *
     * @param value in Gatling's expression language, for example {@code Bearer #{token}}
     */
    public PanelProtocolBuilder header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(
                new RequestHeaders(headers).with(name, value).values());
        return new PanelProtocolBuilder(baseUrl, browser, timeout, listener, more, ticker, timeline);
    }

    /** The run's clock, which must be the browser's; the machine's own by default. */
    public PanelProtocolBuilder clock(Ticker ticker, Timeline timeline) {
        return new PanelProtocolBuilder(baseUrl, browser, timeout, listener, headers, ticker, timeline);
    }

    @Override
    public Protocol protocol() {
        if (baseUrl == null || browser == null) {
            throw new IllegalStateException("protocol panel: expected a base URL and a browser, found "
                    + (baseUrl == null ? "no base URL" : "no browser")
                    + "; write protocols(panel.baseUrl(\"http://localhost:5006\").browser(…))");
        }
        return new PanelProtocol(
                baseUrl,
                timeout,
                browser,
                listener,
                headers,
                ticker,
                timeline == null ? Timeline.anchoredNow(ticker) : timeline);
    }
}
