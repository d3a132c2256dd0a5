package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import panelperf.time.Ticker;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/** Every variant of {@code variants.py} and {@code plain/} on every release: loaded or not, and with which loaders. */
@Tag("real")
@Timeout(600)
final class VariantsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** For what never loads. */
    private static final Duration SHORT = Duration.ofSeconds(6);
    /** Enough to be quick, and few enough for a server with one loop. */
    private static final int AT_ONCE = 4;

    private static final Map<Release, List<String>> FULL = Map.of(
            Release.STUDY,
            List.of("dashboard", "react", "script-loader", "own-loader", "deferred-raises"),
            Release.NEWEST,
            List.of("dashboard", "tables", "own-module", "documents/saved.html"));

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void every_variant_comes_to_what_it_should(Release release) throws Exception {
        Map<Variant, CompletableFuture<PageView>> views = new LinkedHashMap<>();
        Semaphore turns = new Semaphore(AT_ONCE);
        try (RealPanel panel = release.variants();
                RealPanel bokeh = release.bokehServe();
                PageBrowser browser = Visiting.browser()) {
            for (Variant variant : Variant.of(release)) {
                turns.acquire();
                URI url = (variant.plainBokeh() ? bokeh : panel).url().resolve("/" + variant.path());
                Duration deadline = variant.answer().equals("spinner_gone") ? SHORT : DEADLINE;
                views.put(
                        variant,
                        Visiting.begin(browser, url, deadline).whenComplete((seen, problem) -> turns.release()));
            }
            SoftAssertions all = new SoftAssertions();
            for (Map.Entry<Variant, CompletableFuture<PageView>> visit : views.entrySet()) {
                Variant variant = visit.getKey();
                PageView view = visit.getValue().get(60, TimeUnit.SECONDS);
                String what = variant.path() + " on " + release + ": " + view.outcome() + ", " + view.loaders();
                all.assertThat(word(view.outcome())).as(what).isEqualTo(variant.answer());
                all.assertThat(view.loaders().seen()).as(what).isGreaterThanOrEqualTo(variant.loaders());
            }
            all.assertAll();
        }
    }

    /** Few, because each takes seconds of CPU: what only scripts of the page can show, and each way for a visit to end. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_full_engine_comes_to_what_the_page_does(Release release) throws Exception {
        SoftAssertions all = new SoftAssertions();
        try (RealPanel panel = release.variants();
                PageBrowser browser = Visiting.fullBrowser()) {
            for (Variant variant : Variant.of(release)) {
                if (!FULL.getOrDefault(release, List.of()).contains(variant.path())) {
                    continue;
                }
                URI url = panel.url().resolve("/" + variant.path());
                browser.prepare(url, RequestHeaders.none());
                PageView view = Visiting.begin(browser, url, DEADLINE).get(60, TimeUnit.SECONDS);

                String what = variant.path() + " on " + release + ": " + view.outcome() + ", " + view.loaders();
                all.assertThat(word(view.outcome())).as(what).isEqualTo(variant.full());
                if (!variant.full().equals(Cause.UNSUPPORTED)) {
                    all.assertThat(view.loaders().seen()).as(what).isGreaterThanOrEqualTo(variant.loaders());
                }
            }
        }
        all.assertAll();
    }

    @Test
    void a_page_hears_of_its_query_and_headers() throws Exception {
        try (RealPanel panel = Release.STUDY.variants();
                PageBrowser browser = Visiting.browser()) {
            RequestHeaders headers =
                    RequestHeaders.none().with("X-Team", "load").with("Cookie", "visit=7");

            assertThat(title(browser, panel.url().resolve("query?name=Ada"), RequestHeaders.none()))
                    .isEqualTo("For Ada at ?name=Ada");
            assertThat(title(browser, panel.url().resolve("told"), headers)).isEqualTo("team load, visit 7");
        }
    }

    private static String title(PageBrowser browser, URI url, RequestHeaders headers) throws Exception {
        CompletableFuture<Drawn> drawn = new CompletableFuture<>();
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        browser.inspect(
                new PageRequest(url, "test", Ticker.system().nanos(), DEADLINE, headers),
                drawn::complete,
                seen::complete);
        assertThat(seen.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Loaded());
        return drawn.get(1, TimeUnit.SECONDS).title();
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.cause();
        }
        return outcome instanceof Outcome.TimedOut timedOut ? timedOut.waitingFor() : outcome.word();
    }
}
