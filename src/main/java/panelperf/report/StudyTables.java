package panelperf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import panelperf.run.Counts;
import panelperf.run.Run;
import panelperf.stats.Bootstrap;
import panelperf.stats.Interval;
import panelperf.stats.Percentile;
import panelperf.verdict.Sample;
import panelperf.verdict.Threshold;
import panelperf.visit.Milestone;

/** The tables of the published study, with n and intervals: what users saw, and how many times as long as one user. */
final class StudyTables {
    private static final double RANK = 90;
    /** Fewer visits, on either side, have no spread that drawing them again could show. */
    private static final int ENOUGH = 20;
    /** The profile of one visit, to which the published study compares the others. */
    private static final String SINGLE = "single";
    /** One report of one run is always the same. */
    private static final long SEED = 20240131;

    private StudyTables() {}

    /** A row a profile, and one for all of them where there are several. */
    static String results(Run run) {
        TextTable table = new TextTable()
                .row("Scenario", "Visits", "Pages loaded", "FCP p90, ms", "LCP p90, ms", "Spinner gone p90, ms");
        List<String> scenarios = run.info().scenarios();
        scenarios.forEach(scenario -> table.row(result(scenario, run.of(scenario))));
        if (scenarios.size() > 1) {
            table.row(result(Threshold.ALL, run.profiles()));
        }
        return table.render();
    }

    private static List<String> result(String name, Run part) {
        Counts counts = part.counts();
        return List.of(
                name,
                Integer.toString(counts.judged()),
                Figures.percent(counts.loaded(), counts.judged()),
                p90(Sample.of(part, Milestone.FCP_MODEL)),
                p90(Sample.of(part, Milestone.LCP_MODEL)),
                p90(Sample.of(part, Milestone.SPINNER_GONE)));
    }

    private static String p90(double[] sample) {
        return Figures.bareMs(Percentile.of(RANK, sample), Percentile.interval(RANK, sample));
    }

    /**
     * Each profile relative to the baseline; beside it the study's own figure, relative to its single visit. Empty where
     * there is nothing to compare with.
     */
    static String degradation(Run run) {
        List<String> scenarios = run.info().scenarios();
        Run baseline = run.of(Run.BASELINE);
        boolean hasBaseline = baseline.counts().judged() > 0;
        boolean hasSingle = scenarios.contains(SINGLE) && scenarios.size() > 1;
        if (!hasBaseline && !hasSingle) {
            return "";
        }
        Run single = run.of(SINGLE);
        Run base = hasBaseline ? baseline : single;
        String name = hasBaseline ? Run.BASELINE : SINGLE;
        String against = name + " (n " + base.counts().judged() + ")";
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("Degradation of p90", "LCP / " + against));
        if (hasBaseline && hasSingle) {
            head.add("LCP / " + SINGLE + " (n " + single.counts().judged() + ")");
        }
        head.add("Spinner gone / " + name);
        head.add("Server's part / " + name);
        table.row(head);
        for (String scenario : scenarios) {
            table.row(degradation(scenario, run.of(scenario), base, hasBaseline && hasSingle ? single : null));
        }
        return table.render();
    }

    private static List<String> degradation(String name, Run part, Run base, @Nullable Run single) {
        List<String> cells = new ArrayList<>(List.of(name, times(lcp(part), lcp(base))));
        if (single != null) {
            cells.add(times(lcp(part), lcp(single)));
        }
        cells.add(times(Sample.of(part, Milestone.SPINNER_GONE), Sample.of(base, Milestone.SPINNER_GONE)));
        cells.add(times(Sample.serverBound(part), Sample.serverBound(base)));
        return cells;
    }

    private static double[] lcp(Run part) {
        return Sample.of(part, Milestone.LCP_MODEL);
    }

    private static String times(double[] sample, double[] base) {
        OptionalDouble value = Percentile.of(RANK, sample);
        OptionalDouble against = Percentile.of(RANK, base);
        if (base.length < ENOUGH || sample.length < ENOUGH) {
            return Figures.times(value, against);
        }
        Interval interval = Bootstrap.ratio(RANK, sample, base, new Random(SEED));
        return Figures.times(value, against, interval);
    }
}
