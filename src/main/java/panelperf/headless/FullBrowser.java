package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import panelperf.time.Ticker;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * Opens pages in HtmlUnit with their own bundles, BokehJS and Panel's, in ES5.
 *
 * <p>A visit for which a script had to be transpiled was longer than a browser's, and fails with the cause {@code transpiled}; the
 * next one finds what it needs. {@link #prepare} makes such visits until there is nothing more to do.
 */
public final class FullBrowser implements InspectingBrowser {
    /** The bundles come with the first; a script that only comes when another has run, with the second; more on a busy machine. */
    private static final int MOST_PREPARATIONS = 10;

    private static final int FEWEST_PREPARATIONS = 2;
    /** Ten bundles take some ten seconds of work, once; what is made after the deadline is kept, too. */
    private static final Duration PREPARATION = Duration.ofSeconds(30);

    private final PageBrowser pages;
    private final Ticker ticker;

    /**
     * A browser of its own sockets and threads.
     *
     * @param ticker the clock by which requests say when they were meant to start
     */
    public FullBrowser(FullSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.pages = new PageBrowser(
                new FullEngine(settings.scripts()), settings.warmCache(), settings.workers(), settings.tls(), ticker);
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

    /**
     * Visits the page, one visit after the other, until one of them needs no transpiler, and at least twice: compiled scripts are
     * kept from their second sight on.
     */
    @Override
    public void prepare(URI url, RequestHeaders headers) throws InterruptedException {
        boolean more = true;
        for (int visits = 0; visits < FEWEST_PREPARATIONS || (more && visits < MOST_PREPARATIONS); visits++) {
            more = wasTranspiled(visit(new PageRequest(url, "preparation", ticker.nanos(), PREPARATION, headers)));
        }
    }

    private static boolean wasTranspiled(PageView view) {
        return view.outcome() instanceof Outcome.Failed failed && failed.cause().equals(Cause.TRANSPILED);
    }

    private PageView visit(PageRequest request) throws InterruptedException {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        open(request, seen::complete);
        try {
            return seen.get(request.deadline().toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a visit ends by its deadline, and never by an exception", e);
        }
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
