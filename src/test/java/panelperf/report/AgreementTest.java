package panelperf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

final class AgreementTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void a_visit_of_the_browser_is_paired_with_the_median_of_those_due_within_five_seconds() {
        Run run = run(
                model(5_000, 100), // due 5 s before: in
                model(4_999, 1), // a little earlier: out
                model(9_000, 300),
                model(15_000, 200), // 5 s after: in
                model(15_001, 9_000)); // out

        Agreement agreement = gone(run, browser(10_000, 260));

        assertThat(agreement.pairs()).isOne();
        assertThat(agreement.differenceMs()).hasValueCloseTo(60.0, within(1e-9));
    }

    @Test
    void the_difference_is_the_median_of_the_pairs_and_may_be_below_zero() {
        Run run = run(model(0, 100), model(20_000, 200), model(40_000, 300));

        Agreement agreement = gone(run, browser(0, 90), browser(20_000, 150), browser(40_000, 500));

        assertThat(agreement.differenceMs()).hasValueCloseTo(-10.0, within(1e-9));
        assertThat(agreement.ranks()).hasValueCloseTo(1.0, within(1e-9));
        assertThat(agreement.pairs()).isEqualTo(3);
    }

    @Test
    void what_did_not_come_makes_no_pair_but_counts_in_the_percentiles() {
        Run run = run(model(0, 100), model(20_000, NEVER), model(40_000, 300));

        Agreement agreement = gone(run, browser(0, 90), browser(20_000, 150), browser(40_000, NEVER));

        assertThat(agreement.pairs()).isOne();
        assertThat(agreement.browser()).containsExactly(90.0, 150.0, NEVER);
        assertThat(agreement.model()).containsExactly(100.0, NEVER, 300.0);
        assertThat(agreement.ofBrowser(90)).isEmpty();
        assertThat(agreement.ofModel(50)).hasValue(300);
    }

    @Test
    void a_visit_that_stands_alone_makes_no_pair() {
        Run run = run(model(0, 100), model(30_000, 100));

        Agreement agreement = gone(run, browser(15_000, 90));

        assertThat(agreement.pairs()).isZero();
        assertThat(agreement.differenceMs()).isEmpty();
        assertThat(agreement.ranks()).isEmpty();
    }

    @Test
    void the_model_is_of_the_same_minutes() {
        Run run = run(model(0, 1), model(10_000, 2), model(20_000, 3), model(60_000, 4));

        assertThat(gone(run, browser(12_000, 5), browser(24_000, 5)).model()).containsExactly(2.0, 3.0);
    }

    @Test
    void only_visits_that_start_while_the_profile_comes_and_say_something_are_compared() {
        CanaryVisit within = browser(5_000, 90);
        Run run = run(model(1_000, 100), model(9_000, 100))
                .withCanary(List.of(browser(0, 1), within, interrupted(6_000), browser(9_001, 1)));

        assertThat(Agreement.during(run)).containsExactly(within);
        assertThat(Agreement.during(run.of("nobody"))).isEmpty();
    }

    @Test
    void a_visit_of_the_canary_is_none_of_the_load() {
        Run run = Runs.study(1, false);
        Run beside = run.withCanary(List.of(browser(0, NEVER)));

        assertThat(beside.counts()).isEqualTo(run.counts());
        assertThat(beside.profiles().judgedVisits()).isEqualTo(run.profiles().judgedVisits());
        assertThat(beside.causes()).isEqualTo(run.causes());
        assertThat(beside.profiles().canary()).hasSize(1);
    }

    private static Agreement gone(Run run, CanaryVisit... canary) {
        return Agreement.of(run, List.of(canary), BrowserMilestone.SPINNER_GONE, Milestone.SPINNER_GONE);
    }

    private static Run run(Visit... visits) {
        List<VisitStart> starts = new ArrayList<>();
        for (Visit visit : visits) {
            starts.add(visit.start());
        }
        return Run.of(Runs.info("load"), starts, List.of(visits), false);
    }

    private static Visit model(double startMs, double goneMs) {
        VisitStart start = new VisitStart("load", (long) startMs, 0, Runs.PAGE, startMs);
        Outcome outcome = goneMs < NEVER ? new Outcome.Loaded() : new Outcome.TimedOut("spinner_gone");
        Map<Milestone, Double> at = goneMs < NEVER ? Map.of(Milestone.SPINNER_GONE, goneMs) : Map.of();
        double duration = goneMs < NEVER ? goneMs : 60_000;
        return new Visit(
                start,
                "light",
                new PageView(200, outcome, 0, 0, duration, new Milestones(at), new Loaders(1, 0), 1, 1, null));
    }

    static CanaryVisit browser(double startMs, double goneMs) {
        Map<BrowserMilestone, Double> at = new EnumMap<>(BrowserMilestone.class);
        if (goneMs < NEVER) {
            at.put(BrowserMilestone.FCP, 0.8 * goneMs);
            at.put(BrowserMilestone.LCP, 0.9 * goneMs);
            at.put(BrowserMilestone.SPINNER_GONE, goneMs);
        }
        Outcome outcome = goneMs < NEVER ? new Outcome.Loaded() : new Outcome.TimedOut("spinner_gone");
        return new CanaryVisit(
                startMs,
                1000,
                outcome,
                at,
                new Loaders(1, 0),
                "Chromium 156.0.8078.108",
                "ChromeDriver 156.0.8078.108");
    }

    private static CanaryVisit interrupted(double startMs) {
        return new CanaryVisit(
                startMs, 10, new Outcome.Interrupted(), Map.of(), Loaders.none(), "Chromium", "ChromeDriver");
    }
}
