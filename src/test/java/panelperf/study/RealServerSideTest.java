package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.headless.RealPanel;
import panelperf.run.RecordedSession;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.verdict.SessionSample;
import panelperf.visit.Browser;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/** A real Panel 1.3.8 tells of visits by the light engine. */
@Tag("real")
@Timeout(180)
final class RealServerSideTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Ticker ticker = Ticker.system();
    private final Timeline timeline = Timeline.anchoredNow(ticker);

    @Test
    void a_real_panels_sessions_are_joined_to_their_visits_by_their_instants() throws Exception {
        try (RealPanel panel = RealPanel.start();
                PageBrowser browser = PageBrowser.light(LightSettings.standard().withPacing(Pacing.off()), ticker)) {
            List<Visit> visits = new ArrayList<>(visitAtOnce(browser, panel.url(), 0, 1));
            double sinceMs = visits.get(0).start().intendedStartMs();
            visits.addAll(visitAtOnce(browser, panel.url(), 1, 4));

            ServerSide.Told told = new ServerSide(panel.url(), false, ticker, timeline, RequestHeaders.none(), null)
                    .ask(visits, sinceMs);

            List<RecordedSession> sessions = told.sessions();
            List<RecordedSession> joined = sessions.stream()
                    .filter(session -> session.visit().isPresent())
                    .toList();
            assertThat(told.sentence())
                    .startsWith("5 of the server's, " + joined.size() + " of them joined to a visit; its admin page");
            assertThat(sessions)
                    .hasSize(5)
                    .allSatisfy(session -> assertThat(session.fits())
                            .as("visits that it may have been made for")
                            .isPositive());
            // Of the four some fit several where this machine is too busy to note at once that a page has come.
            RecordedSession first = sessions.get(0);
            assertThat(first.visit())
                    .contains(RecordedSession.VisitName.of(visits.get(0).start()));
            // Of the others Panel may leave it out or tell it of another session: see AdminTimeline.
            assertThat(first.readyMs().orElseThrow())
                    .as("the server handled document_ready before the spinner of that visit went")
                    .isBetween(
                            first.initialisedMs().orElseThrow(), visits.get(0).endMs() + 2);
            assertThat(first.handled()).as("what the browser told of itself").isNotEmpty();
            assertThat(joined)
                    .allSatisfy(session -> assertThat(session.closedMs())
                            .hasValue(visitOf(session, visits).endMs()));
            Run run = Run.of(Runs.info("load"), List.of(), visits, false).withSessions(told.sessions());
            assertThat(SessionSample.overlapped(run))
                    .as("Panel sets up one after the other")
                    .isZero();
            assertThat(SessionSample.mostAlive(run)).isEqualTo(5);
        }
    }

    private static Visit visitOf(RecordedSession session, List<Visit> visits) {
        return visits.stream()
                .filter(visit -> RecordedSession.VisitName.of(visit.start())
                        .equals(session.visit().orElseThrow()))
                .findFirst()
                .orElseThrow();
    }

    private List<Visit> visitAtOnce(Browser browser, URI url, int firstUser, int number) throws Exception {
        List<VisitStart> starts = new ArrayList<>();
        List<CompletableFuture<PageView>> views = new ArrayList<>();
        for (int user = firstUser; user < firstUser + number; user++) {
            long nanos = ticker.nanos();
            CompletableFuture<PageView> view = new CompletableFuture<>();
            starts.add(new VisitStart("load", user, 0, url, timeline.epochMs(nanos)));
            browser.open(new PageRequest(url, "test", nanos, DEADLINE), view::complete);
            views.add(view);
        }
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            PageView view = views.get(i).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            visits.add(new Visit(starts.get(i), "light", view));
        }
        return visits;
    }
}
