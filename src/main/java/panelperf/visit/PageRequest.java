package panelperf.visit;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One page to open.
 *
 * @param url absolute, http or https
 * @param user whose browser this is; a returning visitor's cache is kept by it
 * @param intendedStartNanos when the visit should have begun, on the run's ticker; every milestone counts from here, so
 *     that a queue in the injector is never hidden
 * @param deadline how long after the intended start the page is loaded at the latest, and how long each step may take after
 *     it is due; positive
 * @param headers what the page's requests carry beside a browser's own headers
 * @param steps what the user does on the loaded page, in order; without any the visit ends when the page is loaded
 */
public record PageRequest(
        URI url, String user, long intendedStartNanos, Duration deadline, RequestHeaders headers, List<Step> steps) {
    /** With a browser's own headers only; leaves the page once it is loaded. */
    public PageRequest(URI url, String user, long intendedStartNanos, Duration deadline) {
        this(url, user, intendedStartNanos, deadline, RequestHeaders.none());
    }

    /** Leaves the page once it is loaded. */
    public PageRequest(URI url, String user, long intendedStartNanos, Duration deadline, RequestHeaders headers) {
        this(url, user, intendedStartNanos, deadline, headers, List.of());
    }

    public PageRequest {
        steps = List.copyOf(steps);
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "page to open: expected an absolute http or https URL, found '" + url + "'");
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline of " + url + ": expected more than 0, found " + deadline);
        }
    }
}
