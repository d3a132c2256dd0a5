package panelperf.visit;

import java.net.URI;
import java.time.Duration;

/**
 * One page to open.
 *
 * @param url absolute, http or https
 * @param user whose browser this is; a returning visitor's cache is kept by it
 * @param intendedStartNanos when the visit should have begun, on the run's ticker; every milestone counts from here, so
 *     that a queue in the injector is never hidden
 * @param deadline how long after the intended start the visit ends at the latest; positive
 * @param headers what the page's requests carry beside a browser's own headers
 */
public record PageRequest(URI url, String user, long intendedStartNanos, Duration deadline, RequestHeaders headers) {
    /** With a browser's own headers only. */
    public PageRequest(URI url, String user, long intendedStartNanos, Duration deadline) {
        this(url, user, intendedStartNanos, deadline, RequestHeaders.none());
    }

    public PageRequest {
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
