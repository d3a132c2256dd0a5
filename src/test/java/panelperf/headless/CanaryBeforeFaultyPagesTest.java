package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.RealParts;
import panelperf.canary.ColdChromium;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Loaders;
import panelperf.visit.Outcome;

/** The canary's browser before the pages that are hard on the light engine: the same answer, and always an end. */
@Tag("real")
@Timeout(120)
final class CanaryBeforeFaultyPagesTest {
    private static final Ticker TICKER = Ticker.system();

    private static ColdChromium chromium;

    @BeforeAll
    static void start() {
        chromium = new ColdChromium(RealParts.chromiumAndDriver(), TICKER, Timeline.anchoredNow(TICKER));
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void a_page_without_a_loader_is_loaded_when_it_has_settled() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.NO_LOADER)) {
            CanaryVisit visit = chromium.visit(server.url(), Duration.ofSeconds(60));

            assertThat(visit.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(visit.loaders()).isEqualTo(Loaders.none());
            assertThat(visit.at(BrowserMilestone.SPINNER_GONE)).isEmpty();
            assertThat(visit.durationMs() - visit.at(BrowserMilestone.READY).orElseThrow())
                    .isGreaterThanOrEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource({"LOADER_STAYS, spinner_gone", "SILENT_PAGE, first_byte"})
    void a_page_that_never_loads_ends_by_its_deadline(Fault fault, String waitingFor) throws Exception {
        try (FaultyServer server = new FaultyServer(fault)) {
            CanaryVisit visit = chromium.visit(server.url(), Duration.ofMillis(1500));

            assertThat(visit.outcome()).isEqualTo(new Outcome.TimedOut(waitingFor));
        }
    }

    /** Its scripts let nobody else have a turn, the driver neither. */
    @Test
    void an_endless_script_ends_with_its_browser() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.SCRIPT_LOOP)) {
            CanaryVisit visit = chromium.visit(server.url(), Duration.ofMillis(1500));

            assertThat(visit.outcome()).isInstanceOf(Outcome.TimedOut.class);
        }
    }

    @Test
    void a_page_of_an_error_has_failed_by_its_status() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.STATUS_500)) {
            CanaryVisit visit = chromium.visit(server.url(), Duration.ofSeconds(60));

            assertThat(visit.outcome()).isEqualTo(new Outcome.Failed("status_500", ""));
        }
    }
}
