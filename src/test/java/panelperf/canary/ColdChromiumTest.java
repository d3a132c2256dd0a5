package panelperf.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static panelperf.visit.BrowserMilestone.FCP;
import static panelperf.visit.BrowserMilestone.FIRST_BYTE;
import static panelperf.visit.BrowserMilestone.LCP;
import static panelperf.visit.BrowserMilestone.PULLED;
import static panelperf.visit.BrowserMilestone.READY;
import static panelperf.visit.BrowserMilestone.SCRIPTS;
import static panelperf.visit.BrowserMilestone.SPINNER_GONE;
import static panelperf.visit.BrowserMilestone.WS_OPEN;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.RealParts;
import panelperf.session.Knobs;
import panelperf.target.App;
import panelperf.target.Behaviour;
import panelperf.target.DashboardApp;
import panelperf.target.HelloApp;
import panelperf.target.Listening;
import panelperf.target.PageScripts;
import panelperf.target.PageServer;
import panelperf.target.Site;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Outcome;

/** A real Chromium before pages of ours: what it saw, and that nothing is left of it. */
@Tag("real")
@Timeout(120)
final class ColdChromiumTest {
    private static final Ticker TICKER = Ticker.system();
    private static final Timeline TIMELINE = Timeline.anchoredNow(TICKER);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static ColdChromium chromium;

    @BeforeAll
    static void start() {
        chromium = new ColdChromium(RealParts.chromiumAndDriver(), TICKER, TIMELINE);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void the_milestones_of_a_page_are_there_and_in_order() throws Exception {
        try (PageServer server = serve(new HelloApp(), PageScripts.own())) {
            CanaryVisit visit = chromium.visit(page(server), DEADLINE);

            assertThat(visit.outcome()).isEqualTo(new Outcome.Loaded());
            assertInOrder(visit, FIRST_BYTE, WS_OPEN, PULLED, READY, SPINNER_GONE);
            assertInOrder(visit, FIRST_BYTE, FCP, LCP);
            assertThat(visit.loaders().seen()).isPositive();
            assertThat(visit.loaders().left()).isZero();
            assertThat(visit.browser()).matches("Chrom(ium|e) \\d+\\..*");
            assertThat(visit.driver()).matches("ChromeDriver \\d+\\..*");
            assertThat(visit.startedMs()).isBetween(TIMELINE.anchorEpochMs(), TIMELINE.epochMs(TICKER.nanos()));
        }
    }

    /** BokehJS draws every view in a shadow root of its own. Of the dashboard's panes the slowest takes 700 ms. */
    @Test
    void loaders_in_shadow_roots_are_seen_until_the_last_has_gone() throws Exception {
        try (PageServer server = serve(new DashboardApp(), PageScripts.bokehJs(RealParts.bokehJs()))) {
            CanaryVisit visit = chromium.visit(page(server), DEADLINE);

            assertThat(visit.outcome()).isEqualTo(new Outcome.Loaded());
            assertInOrder(visit, FIRST_BYTE, SCRIPTS, WS_OPEN, PULLED, READY, SPINNER_GONE);
            assertThat(visit.loaders().seen()).isGreaterThanOrEqualTo(4);
            assertThat(visit.loaders().left()).isZero();
            assertThat(visit.at(SPINNER_GONE).orElseThrow() - visit.at(READY).orElseThrow())
                    .isGreaterThanOrEqualTo(700);
        }
    }

    @Test
    void a_page_that_does_not_come_has_failed_and_the_next_visit_is_sound() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://localhost:" + socket.getLocalPort() + "/");
        }
        CanaryVisit refused = chromium.visit(nobody, DEADLINE);
        try (PageServer server = serve(new HelloApp(), PageScripts.own())) {
            CanaryVisit missing = chromium.visit(page(server).resolve("/none"), DEADLINE);
            CanaryVisit late = chromium.visit(page(server), Duration.ofMillis(1));

            assertThat(refused.outcome().word()).isEqualTo("failed");
            assertThat(((Outcome.Failed) refused.outcome()).cause()).isEqualTo("refused");
            assertThat(missing.outcome()).isEqualTo(new Outcome.Failed("status_404", ""));
            assertThat(late.outcome()).isNotInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void nothing_is_left_of_it_and_a_closed_one_does_not_start_again() throws Exception {
        Set<Long> before = ours();
        Set<Long> running;
        ColdChromium other = new ColdChromium(RealParts.chromiumAndDriver(), TICKER, TIMELINE);
        try (PageServer server = serve(new HelloApp(), PageScripts.own())) {
            other.visit(page(server), DEADLINE);
            running = ours();
            running.removeAll(before);
        } finally {
            other.close();
            other.close();
        }

        assertThat(running).isNotEmpty();
        assertThat(running.stream().map(ProcessHandle::of).flatMap(process -> process.stream()))
                .as("processes of the driver and its browser")
                .noneMatch(ProcessHandle::isAlive);
        assertThatThrownBy(() -> other.visit(URI.create("http://localhost/"), DEADLINE))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("stopped");
    }

    private static Set<Long> ours() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static void assertInOrder(CanaryVisit visit, BrowserMilestone... milestones) {
        List<Double> at = Stream.of(milestones)
                .map(milestone -> visit.at(milestone).orElseThrow(() -> new AssertionError(milestone + " of " + visit)))
                .toList();
        assertThat(at).as("%s", visit).isSorted();
    }

    private static PageServer serve(App app, PageScripts scripts) throws Exception {
        return PageServer.start(
                Listening.onLocalhost(0),
                new Site(app, scripts),
                Behaviour.of(Knobs.standard()),
                TICKER,
                Timeline.anchoredNow(TICKER));
    }

    private static URI page(PageServer server) {
        return URI.create("http://localhost:" + server.port() + "/");
    }
}
