package panelperf.canary;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/**
 * What a browser's scripts take on a page: a quiet Chromium, in alternation with an engine that does not wait for them.
 *
 * @param evaluate by how much later the browser's websocket is open: it has evaluated the page's bundles
 * @param render by how much later the browser says {@code document_ready}: it has built the views
 * @param scriptsMs median of the browser's time from the last script's coming until the websocket is open, for comparison
 * @param browser name and version
 * @param driver name and version
 */
public record PacingMeasurement(Delay evaluate, Delay render, double scriptsMs, String browser, String driver) {
    /** Visits of each before any counts: the server's first page is not like the others. */
    private static final int WARM_UPS = 2;
    /** Of pages that do not load, this many in a row end it. */
    private static final int FAILURES = 3;

    /** How a visit ends at the latest. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Opens the page once with the engine, without pacing. */
    @FunctionalInterface
    public interface Engine {
        /** Returns when the visit is over. */
        PageView visit() throws InterruptedException;
    }

    /**
     * Measures.
     *
     * @param visits how many pairs, 5 or more
     * @param progress is told how far it is
     * @throws CannotStart when there is no browser, or the page does not load in both; in one sentence
     */
    public static PacingMeasurement run(Visitor browser, Engine engine, URI page, int visits, Consumer<String> progress)
            throws CannotStart, InterruptedException {
        List<PacingPair> pairs = new ArrayList<>();
        int failures = 0;
        CanaryVisit last = null;
        for (int i = 0; pairs.size() < visits; i++) {
            CanaryVisit seen = browser.visit(page, DEADLINE);
            PageView view = engine.visit();
            Optional<PacingPair> pair = PacingPair.of(seen, view);
            failures = pair.isPresent() ? 0 : failures + 1;
            if (failures == FAILURES) {
                throw new CannotStart("expected a page that loads over a websocket in both, found that in "
                        + seen.browser() + " it " + word(seen.outcome()) + " and in the light engine it "
                        + word(view.outcome()) + "; look at it with: check " + page);
            }
            last = seen;
            if (pair.isPresent() && i >= WARM_UPS) {
                pairs.add(pair.get());
                progress.accept(progress(pairs.size(), visits, pair.get()));
            }
        }
        return of(pairs, last);
    }

    private static PacingMeasurement of(List<PacingPair> pairs, @Nullable CanaryVisit last) {
        return new PacingMeasurement(
                Delay.of(pairs, PacingPair::browserOpenMs, PacingPair::engineOpenMs),
                Delay.of(pairs, PacingPair::browserReadyMs, PacingPair::engineReadyMs),
                Delay.median(pairs.stream().mapToDouble(PacingPair::scriptsMs).toArray()),
                last == null ? "unknown" : last.browser(),
                last == null ? "unknown" : last.driver());
    }

    private static String progress(int made, int visits, PacingPair pair) {
        return String.format(
                Locale.ROOT,
                "visit %2d of %d: websocket open after %.0f ms (light engine %.0f), document_ready %.0f ms (%.0f) after"
                        + " the document",
                made,
                visits,
                pair.browserOpenMs(),
                pair.engineOpenMs(),
                pair.browserReadyMs(),
                pair.engineReadyMs());
    }

    /** The figures, for the console. */
    public String sentence() {
        return "evaluateMs " + evaluate.ms() + ", renderMs " + render.ms() + ", from " + evaluate.n()
                + " visits of each";
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "failed (" + failed.cause() + (failed.detail().isBlank() ? "" : ": " + failed.detail()) + ")";
        }
        return outcome instanceof Outcome.TimedOut timedOut
                ? "timed out waiting for " + timedOut.waitingFor()
                : outcome.word() + " without a websocket";
    }
}
