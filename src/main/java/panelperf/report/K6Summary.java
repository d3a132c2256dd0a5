package panelperf.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import panelperf.run.Run;
import panelperf.stats.Percentile;
import panelperf.verdict.Sample;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/**
 * A run in the form in which k6 ends its runs, so that people who know that one can read ours: a line a metric, over all
 * profiles and for each.
 *
 * <p>Percentiles count what did not happen as slower than everything, where k6 leaves it out; avg, min and max are of what
 * happened.
 */
final class K6Summary {
    private static final int NAME_WIDTH = 27;

    private K6Summary() {}

    static String render(Run run) {
        Run profiles = run.profiles();
        List<String> scenarios = run.info().scenarios();
        StringBuilder text = new StringBuilder();
        text.append(checks(profiles));
        line(text, "data_received", bytes(profiles));
        trend(text, "fcp_model", run, part -> Sample.of(part, Milestone.FCP_MODEL));
        trend(text, "iteration_duration", run, K6Summary::durations);
        line(text, "iterations", rate(profiles, profiles.counts().started()));
        trend(text, "lcp_model", run, part -> Sample.of(part, Milestone.LCP_MODEL));
        line(text, "requests", rate(profiles, requests(profiles)));
        trend(text, "spinner_gone", run, part -> Sample.of(part, Milestone.SPINNER_GONE));
        trend(text, "ttfb", run, part -> Sample.of(part, Milestone.FIRST_BYTE));
        line(text, "vus", Figures.format("%d in %d scenarios", users(profiles), scenarios.size()));
        return text.toString();
    }

    private interface Figure {
        double[] of(Run run);
    }

    private static String checks(Run run) {
        int judged = run.counts().judged();
        int responded =
                (int) run.judgedVisits().stream().filter(Visit::serverResponded).count();
        int loaded = run.counts().loaded();
        StringBuilder text = new StringBuilder();
        check(text, "server_responded", responded, judged);
        check(text, "page_loaded", loaded, judged);
        line(
                text,
                "checks",
                Figures.format(
                        "%s ✓ %d ✗ %d",
                        Figures.percent(responded + loaded, 2 * judged),
                        responded + loaded,
                        2 * judged - responded - loaded));
        return text.toString();
    }

    private static void check(StringBuilder text, String name, int passed, int of) {
        text.append("    ")
                .append(of > 0 && passed == of ? "✓ " : "✗ ")
                .append(name)
                .append('\n');
        if (passed < of) {
            text.append(Figures.format("     ↳  %s ✓ %d ✗ %d\n", Figures.percent(passed, of), passed, of - passed));
        }
    }

    private static void trend(StringBuilder text, String name, Run run, Figure figure) {
        line(text, name, trend(figure.of(run.profiles())));
        if (run.info().scenarios().size() > 1) {
            for (String scenario : run.info().scenarios()) {
                line(text, "  { scenario:" + scenario + " }", trend(figure.of(run.of(scenario))));
            }
        }
    }

    private static String trend(double[] sample) {
        double[] happened = Arrays.stream(sample).filter(Double::isFinite).toArray();
        if (happened.length == 0) {
            return Figures.NONE;
        }
        return Figures.format(
                "avg=%s min=%s med=%s max=%s p(90)=%s p(95)=%s",
                shown(DoubleStream.of(happened).average()),
                shown(DoubleStream.of(happened).min()),
                shown(Percentile.of(50, sample)),
                shown(DoubleStream.of(happened).max()),
                shown(Percentile.of(90, sample)),
                shown(Percentile.of(95, sample)));
    }

    private static String shown(OptionalDouble ms) {
        return ms.isEmpty() ? Figures.NONE : Figures.duration(ms.getAsDouble());
    }

    private static double[] durations(Run run) {
        return run.judgedVisits().stream()
                .mapToDouble(visit -> visit.view().durationMs())
                .toArray();
    }

    private static String bytes(Run run) {
        double bytes = run.visits().stream()
                .mapToDouble(visit -> visit.view().receivedBytes())
                .sum();
        double seconds = seconds(run);
        return Figures.bytes(bytes) + (seconds > 0 ? " " + Figures.bytes(bytes / seconds) + "/s" : "");
    }

    private static long requests(Run run) {
        return run.visits().stream().mapToLong(visit -> visit.view().requests()).sum();
    }

    private static String rate(Run run, long count) {
        double seconds = seconds(run);
        return count + (seconds > 0 ? Figures.format(" %.2f/s", count / seconds) : "");
    }

    /** From the first intended start to the last end; 0 without visits. */
    private static double seconds(Run run) {
        double begin = run.visits().stream()
                .map(Visit::start)
                .mapToDouble(VisitStart::intendedStartMs)
                .min()
                .orElse(0);
        double end = run.visits().stream().mapToDouble(Visit::endMs).max().orElse(0);
        return (end - begin) / 1000;
    }

    private static long users(Run run) {
        return run.visits().stream()
                .map(visit -> List.of(visit.start().scenario(), visit.start().user()))
                .distinct()
                .count();
    }

    private static void line(StringBuilder text, String name, String value) {
        String dots = ".".repeat(Math.max(1, NAME_WIDTH - name.length()));
        text.append("    ").append(name).append(dots).append(": ").append(value).append("\n");
    }
}
