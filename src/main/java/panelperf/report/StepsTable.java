package panelperf.report;

import java.util.Arrays;
import java.util.List;
import panelperf.run.Run;
import panelperf.stats.Percentile;
import panelperf.verdict.Sample;
import panelperf.visit.StepView;

/** What users did on their pages, and how long that took; a table of its own, because most runs have none. */
final class StepsTable {
    private StepsTable() {}

    /** Empty where no user took a step; else with a line feed before and after. */
    static String render(Run run) {
        TextTable table = new TextTable().row("Step, ms", "n", "p50", "p90", "max", "Not done", "Unchanged");
        boolean any = false;
        for (String scenario : run.info().scenarios()) {
            Run part = run.of(scenario);
            for (String name : names(part)) {
                table.row(row(scenario + " / " + name, part, name));
                any = true;
            }
        }
        return any ? "\n" + table.render() : "";
    }

    /** In the order in which they were first taken. */
    private static List<String> names(Run part) {
        return part.judgedVisits().stream()
                .flatMap(visit -> visit.view().steps().stream())
                .map(StepView::name)
                .distinct()
                .toList();
    }

    private static List<String> row(String title, Run part, String name) {
        double[] sample = Sample.step(part, name);
        long notDone = Arrays.stream(sample).filter(Double::isInfinite).count();
        long unchanged = part.judgedVisits().stream()
                .flatMap(visit -> visit.view().steps().stream())
                .filter(step -> step.name().equals(name) && step.end() == StepView.End.UNCHANGED)
                .count();
        return List.of(
                title,
                Integer.toString(sample.length),
                Figures.bareMs(Percentile.of(50, sample)),
                Figures.bareMs(Percentile.of(90, sample)),
                Figures.bareMs(Percentile.of(100, sample)),
                Long.toString(notDone),
                Long.toString(unchanged));
    }
}
