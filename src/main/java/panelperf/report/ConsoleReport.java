package panelperf.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import panelperf.run.Counts;
import panelperf.run.Run;
import panelperf.run.RunInfo;
import panelperf.stats.Percentile;
import panelperf.verdict.Judgement;
import panelperf.verdict.Sample;
import panelperf.verdict.Threshold;
import panelperf.verdict.Verdict;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.Visit;

/** A run on the console: the study's table first, the verdict's sentence last. */
public final class ConsoleReport {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int WIDTH = 120;
    private static final double RANK = 90;

    private ConsoleReport() {}

    /**
     * What the report cannot take from the run.
     *
     * @param injectorCpuMs CPU time of the injector a visit, ms; empty when unknown
     * @param paths where the run's files are, one a line
     * @param warnings what was passed over when the run was read
     */
    public record Extra(OptionalDouble injectorCpuMs, List<String> paths, List<String> warnings) {}

    /** The report, ending with the verdict's sentence and a line feed. */
    public static String render(Run run, Verdict verdict, Extra extra) {
        StringBuilder text = new StringBuilder();
        head(text, run.info());
        text.append('\n').append(study(run));
        note(text);
        text.append('\n').append(milestones(run));
        text.append('\n').append(limits(verdict));
        text.append('\n').append(facts(run, extra));
        text.append('\n').append(wrapped(verdict.sentence(), ""));
        return text.toString();
    }

    private static void head(StringBuilder text, RunInfo info) {
        text.append(info.simulation())
                .append(" of ")
                .append(MINUTE.format(Instant.ofEpochMilli((long) info.startedMs())))
                .append('\n');
        field(text, "page", info.url());
        field(text, "server", info.server());
        field(text, "browser", info.settings().getOrDefault("browser", "unknown"));
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(wrapped(Figures.format("  %-9s %s", name, value), " ".repeat(12)));
    }

    private static String study(Run run) {
        TextTable table = new TextTable()
                .row(
                        "Scenario",
                        "Visits",
                        "Pages loaded",
                        "FCP p90",
                        "LCP p90",
                        "Spinner gone p90",
                        "LCP degradation",
                        "Spinner degradation");
        List<String> scenarios = run.info().scenarios();
        Run base = run.of(scenarios.isEmpty() ? "" : scenarios.get(0));
        scenarios.forEach(scenario -> table.row(studyRow(scenario, run.of(scenario), base)));
        if (scenarios.size() > 1) {
            table.row(studyRow(Threshold.ALL, run, base));
        }
        return table.render();
    }

    private static List<String> studyRow(String name, Run run, Run base) {
        Counts counts = run.counts();
        return List.of(
                name,
                Integer.toString(counts.judged()),
                Figures.percent(counts.loaded(), counts.judged()),
                Figures.ms(p90(run, Milestone.FCP_MODEL)),
                Figures.ms(p90(run, Milestone.LCP_MODEL)),
                Figures.ms(p90(run, Milestone.SPINNER_GONE)),
                Figures.times(p90(run, Milestone.LCP_MODEL), p90(base, Milestone.LCP_MODEL)),
                Figures.times(p90(run, Milestone.SPINNER_GONE), p90(base, Milestone.SPINNER_GONE)));
    }

    private static void note(StringBuilder text) {
        text.append(
                "  FCP and LCP are models of the DOM: nothing was painted. Degradation is against the first scenario.\n");
    }

    private static OptionalDouble p90(Run run, Milestone milestone) {
        return Percentile.of(RANK, Sample.of(run, milestone));
    }

    /** Where the time went, over all scenarios; the last two lines have no pacing in them. */
    private static String milestones(Run run) {
        TextTable table = new TextTable().row("Milestone, ms", "n", "p50", "p90", "max");
        table.row(milestoneRow("first byte", Sample.of(run, Milestone.FIRST_BYTE)));
        table.row(milestoneRow("FCP (model)", Sample.of(run, Milestone.FCP_MODEL)));
        table.row(milestoneRow("LCP (model)", Sample.of(run, Milestone.LCP_MODEL)));
        table.row(milestoneRow("websocket open", Sample.of(run, Milestone.WS_OPEN)));
        table.row(milestoneRow("document pulled", Sample.of(run, Milestone.PULLED)));
        table.row(milestoneRow("document ready", Sample.of(run, Milestone.READY)));
        table.row(milestoneRow("spinner gone", Sample.of(run, Milestone.SPINNER_GONE)));
        table.row(milestoneRow("server: open to pulled", Sample.between(run, Milestone.WS_OPEN, Milestone.PULLED)));
        table.row(milestoneRow(
                "server: ready to spinner gone", Sample.between(run, Milestone.READY, Milestone.SPINNER_GONE)));
        return table.render();
    }

    private static List<String> milestoneRow(String name, double[] sample) {
        return List.of(
                name,
                Integer.toString(sample.length),
                Figures.bareMs(Percentile.of(50, sample)),
                Figures.bareMs(Percentile.of(90, sample)),
                Figures.bareMs(Percentile.of(100, sample)));
    }

    private static String limits(Verdict verdict) {
        StringBuilder text = new StringBuilder("  Limits\n");
        for (Judgement judgement : verdict.judgements()) {
            text.append(Figures.format(
                    "  %s %-42s %s\n", judgement.met() ? "✓" : "✗", judgement.name(), judgement.found()));
        }
        return text.toString();
    }

    private static String facts(Run run, Extra extra) {
        StringBuilder text = new StringBuilder();
        Counts counts = run.counts();
        field(
                text,
                "visits",
                Figures.format(
                        "started %d = loaded %d + failed %d + timed out %d + interrupted %d + unfinished %d",
                        counts.started(),
                        counts.loaded(),
                        counts.failed(),
                        counts.timedOut(),
                        counts.interrupted(),
                        counts.unfinished()));
        causes(run).forEach(cause -> field(text, "cause", cause));
        extra.injectorCpuMs().ifPresent(ms -> field(text, "injector", Figures.format("%.1f ms CPU a visit", ms)));
        extra.warnings().forEach(warning -> field(text, "warning", warning));
        extra.paths().forEach(path -> field(text, "results", path));
        return text.toString();
    }

    private static List<String> causes(Run run) {
        List<String> lines = new ArrayList<>();
        for (Run.CauseCount cause : run.causes()) {
            Visit example = cause.example();
            lines.add(Figures.format(
                    "%s %d, for example %s, user %d, visit %d: %s",
                    cause.cause(),
                    cause.count(),
                    example.start().scenario(),
                    example.start().user(),
                    example.start().iteration(),
                    detail(example.view().outcome())));
        }
        return lines;
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.detail().isBlank() ? "no detail" : failed.detail().strip();
        }
        return outcome instanceof Outcome.TimedOut timedOut ? "waiting for " + timedOut.waitingFor() : outcome.word();
    }

    /** Broken between words, so that no line is wider than a terminal; a word that is wider stays whole. */
    private static String wrapped(String line, String indent) {
        StringBuilder text = new StringBuilder();
        String rest = line.replace('\n', ' ');
        while (rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH) > indent.length()) {
            int cut = rest.lastIndexOf(' ', WIDTH);
            text.append(rest, 0, cut).append('\n');
            rest = indent + rest.substring(cut + 1);
        }
        return text.append(rest).append('\n').toString();
    }
}
