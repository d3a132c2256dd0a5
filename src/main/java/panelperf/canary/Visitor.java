package panelperf.canary;

import java.net.URI;
import java.time.Duration;
import panelperf.visit.CanaryVisit;

/** Whoever opens a page for the canary, one at a time. */
public interface Visitor extends AutoCloseable {
    /**
     * Starts what visits need, and a browser to see that one comes up.
     *
     * @return the browser's and the driver's names and versions
     * @throws CannotStart when there is no browser to open that page with
     */
    String ready(URI page) throws CannotStart, InterruptedException;

    /**
     * Opens a page and returns when it is loaded, has failed, or its deadline has come.
     *
     * @throws CannotStart when there is no browser to open it with
     */
    CanaryVisit visit(URI page, Duration deadline) throws CannotStart, InterruptedException;

    /** Ends the visit under way, as interrupted, and every process. From any thread; may be called again. */
    @Override
    void close();
}
