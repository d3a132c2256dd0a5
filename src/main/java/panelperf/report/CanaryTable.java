package panelperf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import panelperf.run.Run;
import panelperf.verdict.Threshold;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Milestone;

/** The real browser beside the model: figures of the same minutes, and how far they agree. */
final class CanaryTable {
    /** Fewer visits have no median worth printing. */
    private static final int ENOUGH = 5;

    private CanaryTable() {}

    /** One figure, as both have it. */
    private record Compared(String name, BrowserMilestone seen, Milestone modelled) {}

    private static final List<Compared> FIGURES = List.of(
            new Compared("FCP", BrowserMilestone.FCP, Milestone.FCP_MODEL),
            new Compared("LCP", BrowserMilestone.LCP, Milestone.LCP_MODEL),
            new Compared("spinner gone", BrowserMilestone.SPINNER_GONE, Milestone.SPINNER_GONE));

    /** Three rows for each profile with enough visits of the browser, and for all unless one profile had them all; empty where there are none. */
    static String render(Run run) {
        TextTable table = new TextTable()
                .row("Canary, ms", "Browser n", "p50", "p90", "Model n", "p50", "p90", "Difference", "Ranks", "Pairs");
        List<String> scenarios = run.info().scenarios();
        boolean any = false;
        List<CanaryVisit> all = Agreement.during(run.profiles());
        boolean one = scenarios.size() == 1; // whose rows say all
        for (String scenario : scenarios) {
            List<CanaryVisit> canary = Agreement.during(run.of(scenario));
            any |= rows(table, scenario, run.of(scenario), canary);
            one |= canary.equals(all);
        }
        any |= !one && rows(table, Threshold.ALL, run.profiles(), all);
        return any ? table.render() + note() : "";
    }

    private static boolean rows(TextTable table, String name, Run part, List<CanaryVisit> canary) {
        if (canary.size() < ENOUGH) {
            return false;
        }
        for (Compared figure : FIGURES) {
            Agreement agreement = Agreement.of(part, canary, figure.seen(), figure.modelled());
            table.row(row(name + ": " + figure.name(), agreement));
        }
        return true;
    }

    private static List<String> row(String name, Agreement agreement) {
        return List.of(
                name,
                Integer.toString(agreement.browser().size()),
                Figures.bareMs(agreement.ofBrowser(50)),
                Figures.bareMs(agreement.ofBrowser(90)),
                Integer.toString(agreement.model().size()),
                Figures.bareMs(agreement.ofModel(50)),
                Figures.bareMs(agreement.ofModel(90)),
                Figures.format("%+.0f", agreement.differenceMs()),
                Figures.format("%+.2f", agreement.ranks()),
                Integer.toString(agreement.pairs()));
    }

    private static String note() {
        return Lines.wrapped(
                Figures.format(
                        "  Difference: the median of browser less model over the pairs, each of which is a visit of the real"
                                + " browser and the median of the model's visits that were due within %.0f s of it. Ranks:"
                                + " Spearman's coefficient over them. No limit is judged by the canary.",
                        Agreement.WINDOW_MS / 1000),
                "  ");
    }

    /** How the browser's visits ended, and what it was; empty where there were none. */
    static String counts(Run run) {
        List<CanaryVisit> visits = run.canary();
        if (visits.isEmpty()) {
            return "";
        }
        Map<String, Long> ends = visits.stream()
                .collect(Collectors.groupingBy(visit -> visit.outcome().word(), Collectors.counting()));
        List<String> parts = new ArrayList<>();
        for (String word : List.of("loaded", "failed", "timed_out", "interrupted")) {
            parts.add(word.replace('_', ' ') + " " + ends.getOrDefault(word, 0L));
        }
        return "started " + visits.size() + " = " + String.join(" + ", parts) + ", by "
                + visits.get(0).browser();
    }
}
