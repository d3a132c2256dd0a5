package panelperf.report;

import java.util.Arrays;
import panelperf.run.RecordedSession;
import panelperf.run.Run;
import panelperf.stats.Percentile;
import panelperf.verdict.SessionSample;

/** What the server told of its own sessions, beside what visits saw of it. */
final class SessionsTable {
    private static final double MS_PER_SECOND = 1000;

    private SessionsTable() {}

    /** Three figures and two sentences; empty where the server told nothing. */
    static String render(Run run) {
        if (run.sessions().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().row("Server's sessions", "n", "p50", "p90", "max");
        boolean alone = told(run) == RecordedSession.Source.ADMIN_PAGE;
        row(table, alone ? "set-up, ms" : "asked for to set up, ms", "%.0f", SessionSample.initialisationMs(run));
        row(table, "from beginning to end, s", "%.1f", seconds(SessionSample.lifetimeMs(run)));
        row(table, "from last close to end, s", "%.1f", seconds(SessionSample.closeToEndMs(run)));
        return table.render()
                + Lines.wrapped("  " + sentence(run, alone), "  ")
                + Lines.wrapped("  " + destruction(run), "  ");
    }

    private static RecordedSession.Source told(Run run) {
        return run.sessions().get(0).source();
    }

    private static void row(TextTable table, String name, String pattern, double[] sample) {
        table.row(
                name,
                Integer.toString(sample.length),
                Figures.format(pattern, Percentile.of(50, sample)),
                Figures.format(pattern, Percentile.of(90, sample)),
                Figures.format(pattern, Percentile.of(100, sample)));
    }

    private static double[] seconds(double[] millis) {
        return Arrays.stream(millis).map(ms -> ms / MS_PER_SECOND).toArray();
    }

    private static String sentence(Run run, boolean alone) {
        SessionSample.Joins joins = SessionSample.joins(run);
        String others = joins.ambiguous() + joins.nobodys() == 0
                ? ""
                : Figures.format(
                        " (%d sessions ambiguous, %d of no visit that is known)", joins.ambiguous(), joins.nobodys());
        return Figures.format(
                        "%d sessions, %d alive at once at most; %d of %d visits joined to one by %s%s.",
                        run.sessions().size(),
                        SessionSample.mostAlive(run),
                        joins.joined(),
                        joins.visits(),
                        alone ? "their instants" : "its id",
                        others)
                + (alone ? overlap(run) : "");
    }

    private static String overlap(Run run) {
        int n = SessionSample.initialisationMs(run).length;
        int overlapped = SessionSample.overlapped(run);
        if (n < 2) {
            return "";
        }
        return overlapped == 0
                ? Figures.format(" Of %d set-ups none overlapped another: one after the other.", n)
                : Figures.format(" Of %d set-ups %d overlapped another.", n, overlapped);
    }

    private static String destruction(Run run) {
        return SessionSample.longestDestruction(run)
                .map(found -> Figures.format(
                        "The longest time in which it did nothing but end sessions while visits waited: %.1f s, %d sessions"
                                + " (visits that waited: %d).",
                        found.lengthMs() / MS_PER_SECOND, found.sessions(), found.waiting()))
                .orElse("No visit waited while it ended two sessions or more without doing anything else.");
    }
}
