package panelperf.gatling;

import io.gatling.core.protocol.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Browser;
import panelperf.visit.VisitListener;

/**
 * The settings of a scenario's pages. Gatling finds protocols by their class, so there is one a scenario.
 *
 * @param baseUrl where the server is; may have a path
 * @param timeout how long a visit may take when its page says nothing else
 * @param browser opens the pages; Gatling's end closes it
 * @param listener hears of every visit
 * @param headers what every request carries beside a browser's own headers: values in Gatling's expression language, by name
 * @param ticker the run's clock
 * @param timeline how its readings map to wall time
 */
record PanelProtocol(
        URI baseUrl,
        Duration timeout,
        Browser browser,
        VisitListener listener,
        Map<String, String> headers,
        Ticker ticker,
        Timeline timeline)
        implements Protocol {

    /** The URL of a path below the base; {@code /} is the base itself, which may name one app of many. */
    URI resolve(String path) {
        String base = baseUrl.toString();
        if (path.isEmpty() || path.equals("/")) {
            return baseUrl.getPath().isEmpty() ? URI.create(base + "/") : baseUrl;
        }
        String stem = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(path.startsWith("/") || path.startsWith("?") ? stem + path : stem + "/" + path);
    }
}
