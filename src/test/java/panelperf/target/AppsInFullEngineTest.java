package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import panelperf.RealParts;
import panelperf.headless.FullSettings;
import panelperf.headless.PageBrowser;
import panelperf.session.Knobs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.transpile.KeptScripts;
import panelperf.transpile.Transpiler;
import panelperf.visit.Cause;
import panelperf.visit.Loaders;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** Our target before the engine that runs a page's own scripts: its page script, and the published BokehJS. */
@Timeout(240)
final class AppsInFullEngineTest {
    private static final Step SLIDE = new Step.Change("Visitors at once", "", "60", Duration.ofMillis(300));

    @TempDir
    private Path directory = Path.of("");

    /** Our page script is ES5 already. */
    private static final class AsItIs implements Transpiler {
        @Override
        public String identity() {
            return "none";
        }

        @Override
        public String transpile(String name, String source) {
            return source;
        }
    }

    @Test
    void a_visit_that_had_to_wait_for_the_transpiler_fails_and_the_next_one_counts() throws Exception {
        KeptScripts kept = new KeptScripts(directory, new AsItIs());
        try (PageServer server = server(PageScripts.own());
                PageBrowser browser = PageBrowser.full(FullSettings.standard(kept), Ticker.system())) {
            PageView first = visit(browser, server);
            PageView second = visit(browser, server, SLIDE);

            assertThat(first.outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(Cause.TRANSPILED);
                assertThat(failed.detail()).contains("scripts were transpiled").contains(".js");
            });
            assertThat(second.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(second.loaders()).isEqualTo(new Loaders(6, 0));
            assertThat(second.steps()).extracting(StepView::end).containsExactly(StepView.End.DONE);
        }
    }

    @Test
    @Tag("real")
    void the_published_bokehjs_draws_the_dashboard_and_takes_a_step() throws Exception {
        try (PageServer server = server(PageScripts.bokehJs(RealParts.bokehJs()));
                PageBrowser browser =
                        PageBrowser.full(FullSettings.standard(RealParts.transpiled()), Ticker.system())) {
            browser.prepare(url(server), RequestHeaders.none());

            PageView view = visit(browser, server, SLIDE);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.steps()).extracting(StepView::end).containsExactly(StepView.End.DONE);
            assertThat(view.loaders().seen()).isGreaterThanOrEqualTo(5);
        }
    }

    private static PageServer server(PageScripts scripts) throws Exception {
        Ticker ticker = Ticker.system();
        return PageServer.start(
                Listening.onLocalhost(0),
                new Site(new DashboardApp(), scripts),
                Behaviour.of(Knobs.standard()),
                ticker,
                Timeline.anchoredNow(ticker));
    }

    private static URI url(PageServer server) {
        return URI.create("http://localhost:" + server.port() + "/");
    }

    private static PageView visit(PageBrowser browser, PageServer server, Step... steps) throws Exception {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        browser.open(
                new PageRequest(
                        url(server),
                        "test",
                        Ticker.system().nanos(),
                        Duration.ofSeconds(60),
                        RequestHeaders.none(),
                        List.of(steps)),
                seen::complete);
        return seen.get(130, TimeUnit.SECONDS);
    }
}
