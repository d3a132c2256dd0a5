package panelperf.headless;

import java.util.function.Consumer;
import panelperf.time.Ticker;
import panelperf.visit.Drawn;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** Opens pages in HtmlUnit, with our page script in place of the bundles of BokehJS and Panel. */
public final class LightBrowser implements InspectingBrowser {
    private final PageBrowser pages;

    /**
     * A browser of its own sockets and threads.
     *
     * @param ticker the clock by which requests say when they were meant to start
     */
    public LightBrowser(LightSettings settings, Ticker ticker) {
        this.pages = new PageBrowser(
                new LightEngine(settings.pacing()), settings.warmCache(), settings.workers(), settings.tls(), ticker);
    }

    @Override
    public String engine() {
        return pages.engine();
    }

    @Override
    public void open(PageRequest request, Consumer<PageView> whenDone) {
        pages.open(request, whenDone);
    }

    @Override
    public void inspect(PageRequest request, Consumer<Drawn> inspector, Consumer<PageView> whenDone) {
        pages.inspect(request, inspector, whenDone);
    }

    /** How many threads were left behind in pages that could not be stopped. */
    public int abandonedThreads() {
        return pages.abandonedThreads();
    }

    /** Visits that have begun and not ended. */
    public int visitsUnderWay() {
        return pages.visitsUnderWay();
    }

    @Override
    public void interrupt() {
        pages.interrupt();
    }

    @Override
    public void close() {
        pages.close();
    }
}
