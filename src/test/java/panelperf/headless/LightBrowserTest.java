package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import panelperf.time.Ticker;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/** The engine against servers that do one thing wrong. */
@Timeout(120)
final class LightBrowserTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1500);

    @Test
    void a_page_is_loaded_when_its_loaders_have_gone() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.status()).isEqualTo(200);
            assertThat(view.loaders()).isEqualTo(new Loaders(2, 0));
            assertThat(view.sessionId()).isEqualTo("s1");
            assertThat(view.milestones().millis()).containsOnlyKeys(Milestone.values());
            assertThat(view.requests())
                    .as("page, style, two scripts, websocket")
                    .isEqualTo(5);
            assertThat(view.receivedBytes()).isGreaterThan(4000);
        }
    }

    @Test
    void milestones_come_in_the_order_of_a_pages_life() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            List<Milestone> life = List.of(
                    Milestone.FIRST_BYTE,
                    Milestone.HTML,
                    Milestone.WS_OPEN,
                    Milestone.ACK,
                    Milestone.PULLED,
                    Milestone.READY,
                    Milestone.FIRST_PATCH,
                    Milestone.SPINNER_GONE);
            assertThat(life.stream()
                            .map(milestone -> view.milestones().at(milestone).orElseThrow()))
                    .isSorted();
            assertThat(view.milestones().at(Milestone.LCP_MODEL).orElseThrow())
                    .isGreaterThanOrEqualTo(
                            view.milestones().at(Milestone.FCP_MODEL).orElseThrow());
        }
    }

    @Test
    void pacing_holds_back_the_paint_the_websocket_and_the_readiness() throws Exception {
        LightSettings paced = LightSettings.standard().withPacing(new Pacing(200, 100, "test"));
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = PageBrowser.light(paced, panelperf.time.Ticker.system())) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            double html = view.milestones().at(Milestone.HTML).orElseThrow();
            assertThat(view.milestones().at(Milestone.FCP_MODEL).orElseThrow()).isGreaterThan(html + 195);
            assertThat(view.milestones().at(Milestone.WS_OPEN).orElseThrow()).isGreaterThan(html + 195);
            assertThat(view.milestones().at(Milestone.READY).orElseThrow()
                            - view.milestones().at(Milestone.PULLED).orElseThrow())
                    .isGreaterThan(95);
        }
    }

    @Test
    void nothing_is_painted_before_the_style_sheets_have_come() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SILENT_STYLE);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.milestones().at(Milestone.SPINNER_GONE)).isPresent();
            assertThat(view.milestones().at(Milestone.FCP_MODEL)).isEmpty();
            assertThat(view.milestones().at(Milestone.LCP_MODEL)).isEmpty();
        }
    }

    @Test
    void a_document_that_begins_after_a_long_job_is_waited_for() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.LONG_JOB);
                PageBrowser browser = Visiting.browser()) {
            assertThat(Visiting.open(browser, server.url(), LONG).outcome()).isEqualTo(new Outcome.Loaded());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PLAIN_HTML, not_panel",
        "NO_HTML, not_panel",
        "STATUS_500, status_500",
        "HALF_PAGE, truncated",
        "RESET_PAGE, reset",
        "REDIRECTS, too_much",
        "ENDLESS_BODY, too_large",
        "WEBSOCKET_403, ws_refused",
        "CLOSE_AFTER_ACK, ws_closed",
        "CLOSE_AFTER_READY, ws_closed",
        "BAD_JSON, bad_message",
        "NO_MSGTYPE, bad_message",
        "BOKEH_ERROR, bokeh_error",
        "RENDER_FAILED, render_failed",
        "HALF_GZIP, truncated",
        "LOGIN_FORM, unsupported",
        "FRAME, unsupported",
        "TWO_DOCUMENTS, unsupported",
        "REDIRECT_AWAY, unsupported",
        "HIDDEN_LOADER, unsupported",
        "MODULE_LOADER, unsupported",
        "NO_ROOTS, app_error",
        "TRACEBACK, app_error",
    })
    void a_fault_is_a_failed_visit_with_its_cause(Fault fault, String cause) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) view.outcome()).cause())
                    .as(view.outcome().toString())
                    .isEqualTo(cause);
            assertThat(browser.visitsUnderWay()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SILENT_PAGE, html",
        "SILENT_SCRIPT, scripts",
        "SCRIPT_LOOP, scripts",
        "MICROTASK_LOOP, ''",
        "SLOW_REGEX, ''",
        "SILENT_WEBSOCKET, ack",
        "LOADER_STAYS, spinner_gone",
    })
    void what_never_ends_is_timed_out_at_its_deadline(Fault fault, String waitingFor) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                FaultyServer good = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            CompletableFuture<PageView> visit = Visiting.begin(browser, server.url(), SHORT);

            // The contract is a second; the rest is a busy machine's.
            PageView view = visit.get(SHORT.toMillis() + 10_000, TimeUnit.MILLISECONDS);
            assertThat(view.outcome().word()).isEqualTo("timed_out");
            if (!waitingFor.isEmpty()) {
                assertThat(view.outcome()).isEqualTo(new Outcome.TimedOut(waitingFor));
            }
            assertThat(Visiting.open(browser, good.url(), LONG).outcome())
                    .as("the browser still opens pages")
                    .isEqualTo(new Outcome.Loaded());
        }
    }

    @Test
    void a_page_without_a_loader_is_loaded_once_it_has_settled() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NO_LOADER);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.loaders()).isEqualTo(Loaders.none());
            assertThat(view.milestones().at(Milestone.SPINNER_GONE)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"LOADER_COMES, 1", "COLLAPSED_CARD, 2", "GZIP, 2"})
    void a_page_is_loaded_with_the_loaders_that_a_browser_has(Fault fault, int loaders) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.loaders()).isEqualTo(new Loaders(loaders, 0));
            assertThat(view.milestones().at(Milestone.SPINNER_GONE)).isPresent();
        }
    }

    @Test
    void what_cannot_be_judged_is_named() throws Exception {
        assertThat(unsupported(Fault.HIDDEN_LOADER)).isEqualTo("own.Frame p0 has a loader in its pane");
        assertThat(unsupported(Fault.MODULE_LOADER))
                .isEqualTo("panel.models.esm.ReactiveESM p0 has code that handles pn-loading");
        assertThat(unsupported(Fault.FRAME)).contains("the frame http://apps.invalid/app");
        assertThat(unsupported(Fault.LOGIN_FORM)).contains("a login form");
        assertThat(unsupported(Fault.REDIRECT_AWAY)).contains("another host, away.invalid");
    }

    private static String unsupported(Fault fault) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                PageBrowser browser = Visiting.browser()) {
            return ((Outcome.Failed) Visiting.open(browser, server.url(), LONG).outcome()).detail();
        }
    }

    @Test
    void every_request_carries_the_headers_and_all_but_the_first_the_cookie() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            URI url = URI.create(server.url().toString().replace("//", "//ada:secret@"));
            RequestHeaders headers =
                    RequestHeaders.none().with("X-Team", "load").with("Cookie", "own=1");
            CompletableFuture<PageView> seen = new CompletableFuture<>();
            browser.open(new PageRequest(url, "test", Ticker.system().nanos(), LONG, headers), seen::complete);

            assertThat(seen.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Loaded());
            List<String> heads = List.copyOf(server.heads);
            assertThat(heads)
                    .hasSize(5)
                    .allSatisfy(head -> assertThat(head)
                            .containsIgnoringCase("X-Team: load")
                            .contains("Basic YWRhOnNlY3JldA=="));
            assertThat(heads.get(0)).contains("own=1").doesNotContain("visit=7");
            assertThat(heads.subList(1, 5))
                    .as("style, scripts and websocket")
                    .allSatisfy(head -> assertThat(head).contains("own=1; visit=7"))
                    .anySatisfy(head -> assertThat(head).containsIgnoringCase("Upgrade: websocket"));
        }
    }

    @Test
    void a_private_authority_is_trusted_where_it_is_named_and_nowhere_else() throws Exception {
        LightSettings unpaced = LightSettings.standard().withPacing(Pacing.off());
        try (PrivateAuthority authority = PrivateAuthority.make();
                FaultyServer server = new FaultyServer(Fault.NONE, authority.listener());
                PageBrowser trusting =
                        PageBrowser.light(unpaced.withTls(Trust.also(authority.certificate())), Ticker.system());
                PageBrowser other = PageBrowser.light(unpaced, Ticker.system())) {
            String url = server.url().toString().replace("http:", "https:");

            assertThat(Visiting.open(trusting, URI.create(url), LONG).outcome()).isEqualTo(new Outcome.Loaded());
            assertCause(other, url, "tls");
            assertCause(trusting, url.replace("localhost", "127.0.0.1"), "tls");
        }
    }

    @Test
    void ten_thousand_loaders_are_seen_to_go() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.MANY_LOADERS);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), Duration.ofSeconds(60));

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.loaders()).isEqualTo(new Loaders(Fault.MANY + 1, 0));
        }
    }

    @Test
    void a_page_that_reloads_itself_ends_by_its_deadline() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.REFRESH);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), SHORT);

            assertThat(view.outcome()).isNotInstanceOf(Outcome.Interrupted.class);
            assertThat(server.pages.get()).isLessThan(1000);
        }
    }

    @Test
    void nothing_listening_is_refused() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (PageBrowser browser = Visiting.browser()) {
            assertCause(browser, "http://localhost:" + closed + "/", "refused");
        }
    }

    @Test
    void a_host_without_an_address_is_unknown() throws Exception {
        try (PageBrowser browser = Visiting.browser()) {
            assertCause(browser, "http://host.invalid/", "unknown_host");
        }
    }

    @Test
    void a_failed_handshake_is_tls() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            assertCause(browser, server.url().toString().replace("http:", "https:"), "tls");
        }
    }

    private static void assertCause(PageBrowser browser, String url, String cause) throws Exception {
        PageView view = Visiting.open(browser, URI.create(url), LONG);
        assertThat(view.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) view.outcome()).cause())
                .as(view.outcome().toString())
                .isEqualTo(cause);
        assertThat(view.status()).isZero();
    }

    @Test
    void interrupting_ends_visits_under_way_and_later_ones_at_once() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SILENT_PAGE);
                PageBrowser browser = Visiting.browser()) {
            CompletableFuture<PageView> visit = Visiting.begin(browser, server.url(), LONG);
            assertThat(server.pageAsked.await(30, TimeUnit.SECONDS)).isTrue();

            browser.interrupt();

            assertThat(visit.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Interrupted());
            assertThat(Visiting.open(browser, server.url(), LONG).outcome()).isEqualTo(new Outcome.Interrupted());
        }
    }

    @Test
    void a_closed_browser_has_given_back_its_threads() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE)) {
            PageBrowser browser = Visiting.browser();
            Visiting.open(browser, server.url(), LONG);

            browser.close();

            awaitThreads(0, "page-worker", "page-timer", "page-network");
        }
    }

    @Test
    void visits_say_goodbye_and_leave_no_thread_behind() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NONE);
                PageBrowser browser = Visiting.browser()) {
            int visits = 40;
            List<CompletableFuture<PageView>> all = new ArrayList<>();
            for (int i = 0; i < visits; i++) {
                all.add(Visiting.begin(browser, server.url(), LONG));
            }
            for (CompletableFuture<PageView> visit : all) {
                assertThat(visit.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Loaded());
            }
            for (int i = 0; i < 500 && server.cleanCloses.get() < visits; i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }

            assertThat(server.cleanCloses.get())
                    .as("websockets closed with 1000")
                    .isEqualTo(visits);
            assertThat(browser.visitsUnderWay()).isZero();
            assertThat(browser.abandonedThreads()).isZero();
        }
    }

    private static void awaitThreads(long expected, String... names) throws InterruptedException {
        long found = -1;
        for (int i = 0; i < 500 && found != expected; i++) {
            found = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> List.of(names).stream()
                            .anyMatch(name -> thread.getName().startsWith(name)))
                    .count();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOSE_AFTER_ACK", "STATUS_500"})
    void a_failed_visit_keeps_what_it_had_reached(Fault fault) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                PageBrowser browser = Visiting.browser()) {
            PageView view = Visiting.open(browser, server.url(), LONG);

            assertThat(view.milestones().at(Milestone.FIRST_BYTE)).isPresent();
            assertThat(view.milestones().at(Milestone.SPINNER_GONE)).isEmpty();
            assertThat(view.status()).isEqualTo(fault == Fault.STATUS_500 ? 500 : 200);
        }
    }
}
