package panelperf.verdict;

import java.util.ArrayList;
import java.util.List;
import panelperf.visit.Milestone;

/** The limits of the published study: both checks in 95 % of visits, FCP p90 within 1 s, LCP p90 within 3 s. */
public final class StudyThresholds {
    private static final double RATE = 0.95;
    private static final double RANK = 90;
    private static final double FCP_MS = 1000;
    private static final double LCP_MS = 3000;

    private StudyThresholds() {}

    /**
     * For each scenario, and over all where there are several.
     *
     * @param scenarios in the order of their table, at least one
     */
    public static List<Threshold> forScenarios(List<String> scenarios) {
        List<Threshold> thresholds = new ArrayList<>();
        for (String scope : scopes(scenarios)) {
            thresholds.add(new Threshold.Rate(scope, Threshold.Check.SERVER_RESPONDED, RATE));
            thresholds.add(new Threshold.Rate(scope, Threshold.Check.PAGE_LOADED, RATE));
            thresholds.add(new Threshold.Time(scope, Milestone.FCP_MODEL, RANK, FCP_MS));
            thresholds.add(new Threshold.Time(scope, Milestone.LCP_MODEL, RANK, LCP_MS));
        }
        return List.copyOf(thresholds);
    }

    /** What thresholds may be for: each scenario, and all where there are several. */
    public static List<String> scopes(List<String> scenarios) {
        List<String> scopes = new ArrayList<>(scenarios);
        if (scenarios.size() > 1) {
            scopes.add(Threshold.ALL);
        }
        return List.copyOf(scopes);
    }
}
