package panelperf.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import panelperf.run.Counts;
import panelperf.run.HealthSample;
import panelperf.run.Run;
import panelperf.run.RunInfo;
import panelperf.stats.Interval;
import panelperf.stats.Percentile;
import panelperf.verdict.Judgement;
import panelperf.verdict.Sample;
import panelperf.verdict.Soundness;
import panelperf.verdict.Threshold;
import panelperf.verdict.Verdict;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.Visit;

/** A run on the console: k6's summary, the study's tables, the injector's health, and the verdict's sentence last. */
public final class ConsoleReport {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ConsoleReport() {}

    /**
     * What the report cannot take from the run.
     *
     * @param paths where the run's files are, one a line
     * @param warnings what was passed over when the run was read
     * @param palette the console's colours
     */
    public record Extra(List<String> paths, List<String> warnings, Palette palette) {}

    /** The report, ending with the verdict's sentence and a line feed. */
    public static String render(Run run, Verdict verdict, Extra extra) {
        StringBuilder text = new StringBuilder();
        head(text, run.info());
        boolean nothing = run.interrupted() && run.visits().isEmpty();
        if (!nothing) {
            figures(text, run, verdict, extra.palette());
        }
        text.append('\n').append(facts(run, extra));
        boolean good = verdict.exitCode() == 0;
        String sentence = Lines.wrapped(verdict.sentence(), "");
        text.append('\n')
                .append(good ? extra.palette().good(sentence) : extra.palette().bad(sentence));
        return text.toString();
    }

    /** All of them; a run that was stopped before its first visit shows none. */
    private static void figures(StringBuilder text, Run run, Verdict verdict, Palette palette) {
        text.append('\n').append(K6Summary.render(run));
        text.append('\n').append(StudyTables.results(run));
        note(text);
        String degradation = StudyTables.degradation(run);
        text.append(degradation.isEmpty() ? "" : "\n").append(degradation);
        text.append('\n').append(milestones(run.profiles()));
        text.append(StepsTable.render(run));
        String sessions = SessionsTable.render(run);
        text.append(sessions.isEmpty() ? "" : "\n").append(sessions);
        String canary = CanaryTable.render(run);
        text.append(canary.isEmpty() ? "" : "\n").append(canary);
        text.append('\n').append(limits(verdict, palette));
        text.append(verdict.soundness().profiles().isEmpty() ? "" : "\n").append(injector(verdict.soundness()));
    }

    private static void head(StringBuilder text, RunInfo info) {
        text.append(info.simulation())
                .append(" of ")
                .append(MINUTE.format(Instant.ofEpochMilli((long) info.startedMs())))
                .append('\n');
        Lines.field(text, "page", info.url());
        Lines.field(text, "server", info.server());
        Lines.field(text, "browser", info.settings().getOrDefault("browser", "unknown"));
    }

    private static void note(StringBuilder text) {
        text.append(
                "  [from, to]: 95 % confidence, … where there are too few visits. What did not happen is slower than"
                        + " everything in a\n  percentile, and left out of avg, min and max. FCP and LCP are models of the DOM:"
                        + " nothing was painted.\n");
    }

    /** Where the time went, over all profiles; the last two lines have no pacing in them. */
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

    private static String limits(Verdict verdict, Palette palette) {
        StringBuilder text = new StringBuilder(
                verdict.strict() ? "  Limits, strict: by their intervals where n is 72 or more\n" : "  Limits\n");
        for (Judgement judgement : verdict.judgements()) {
            String mark = mark(verdict, judgement, palette);
            text.append(Figures.format(
                    "  %s %-42s %s%s\n", mark, judgement.name(), found(judgement), note(verdict, judgement)));
        }
        return text.toString();
    }

    private static String mark(Verdict verdict, Judgement judgement, Palette palette) {
        if (!verdict.valid(judgement)) {
            return palette.bad("!");
        }
        return verdict.passes(judgement) ? palette.good("✓") : palette.bad("✗");
    }

    private static String found(Judgement judgement) {
        if (judgement.n() == 0) {
            return judgement.found();
        }
        boolean rate = judgement.threshold() instanceof Threshold.Rate;
        Interval interval = judgement.interval();
        String ends = rate
                ? Figures.interval("%.1f", new Interval(100 * interval.low(), 100 * interval.high()))
                : Figures.interval("%.0f", interval);
        return judgement.found().replace(" (n ", " " + ends + " (n ");
    }

    private static String note(Verdict verdict, Judgement judgement) {
        if (!verdict.valid(judgement)) {
            return ", INVALID";
        }
        if (verdict.strict() && !judgement.enough()) {
            return ", n too small";
        }
        return judgement.answer() == Judgement.Answer.UNDECIDED ? ", undecided" : "";
    }

    private static String injector(Soundness soundness) {
        TextTable table = new TextTable().row("Injector", "Late p95, ms", "At most, ms", "Stood still", "Sound");
        for (Soundness.Profile profile : soundness.profiles()) {
            table.row(
                    profile.scope(),
                    Figures.format("%.1f", profile.lateMs()),
                    Figures.format("%.0f", profile.limitMs()),
                    profile.stalledShare().isEmpty()
                            ? Figures.NONE
                            : Figures.format(
                                    "%.1f %%", 100 * profile.stalledShare().getAsDouble()),
                    profile.sound() ? "yes" : "NO");
        }
        return table.render();
    }

    private static String facts(Run run, Extra extra) {
        StringBuilder text = new StringBuilder();
        Lines.field(text, "visits", counts(run.profiles().counts()));
        Counts baseline = run.of(Run.BASELINE).counts();
        if (baseline.started() > 0) {
            Lines.field(text, "baseline", counts(baseline));
        }
        String canary = CanaryTable.counts(run);
        if (!canary.isEmpty()) {
            Lines.field(text, "canary", canary);
        }
        causes(run).forEach(cause -> Lines.field(text, "cause", cause));
        if (!run.profiles().healthDuring().isEmpty()) {
            Lines.field(text, "injector", resources(run));
        }
        extra.warnings().forEach(warning -> Lines.field(text, "warning", warning));
        extra.paths().forEach(path -> Lines.field(text, "results", path));
        return text.toString();
    }

    private static String counts(Counts counts) {
        return Figures.format(
                "started %d = loaded %d + failed %d + timed out %d + interrupted %d + unfinished %d",
                counts.started(),
                counts.loaded(),
                counts.failed(),
                counts.timedOut(),
                counts.interrupted(),
                counts.unfinished());
    }

    /** CPU and pauses while the profiles ran. */
    private static String resources(Run run) {
        Run profiles = run.profiles();
        List<HealthSample> during = profiles.healthDuring();
        double cpu = during.stream().mapToDouble(HealthSample::cpuMs).sum();
        double gc = during.stream().mapToDouble(HealthSample::gcMs).sum();
        boolean ours = during.stream().anyMatch(sample -> sample.targetCpuMs().isPresent());
        double target = during.stream()
                .mapToDouble(sample -> sample.targetCpuMs().orElse(0))
                .sum();
        int visits = Math.max(1, profiles.counts().started());
        return Figures.format("%.1f ms CPU a visit, GC %.0f ms", cpu / visits, gc)
                + (ours ? Figures.format("; our target: %.1f ms CPU a visit", target / visits) : "");
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
}
