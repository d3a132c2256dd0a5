package panelperf.report;

import java.util.List;
import panelperf.rehearsal.Symptoms;

/** What servers of different behaviour do to the study's load in virtual time, side by side. */
public final class SymptomsTable {
    private static final String LEGEND = """

              Load: ten users for four minutes. x users: the spinner's p90 in load over its p90 for one user. x time: its p90
              after load's first 15 s over that within them, when none of its sessions can have ended yet. Stall: the longest
              time in which the loop did nothing but end sessions, before the last visit's end. Delay: what a drawn page
              waited on average because sessions were ended. Linger: from a session's last close to its end. Drain: from the
              last visit until no session lived. At once: most at the same time of sessions that began (init), of deferred
              functions (render), and of ends that held the loop (end).
            """;

    private SymptomsTable() {}

    /**
     * One server.
     *
     * @param name of its preset, or of the fault that was taken from the one above
     */
    public record Row(String name, Symptoms seen) {}

    /** The table with its legend; rows in the order in which they are shown. */
    public static String render(List<Row> rows) {
        TextTable table = new TextTable()
                .row("", "", "Spinner", "", "", "At once", "", "", "", "", "", "", "")
                .row(
                        "Server",
                        "Visits",
                        "p90, ms",
                        "x users",
                        "x time",
                        "init",
                        "render",
                        "end",
                        "Stall, s",
                        "Delay, ms",
                        "Linger, s",
                        "Live",
                        "Drain, s");
        rows.forEach(row -> cells(table, row.name(), row.seen()));
        return table.render() + LEGEND;
    }

    private static void cells(TextTable table, String name, Symptoms seen) {
        table.row(
                name,
                Integer.toString(seen.visits()),
                Figures.format("%.0f", seen.spinnerP90Ms()),
                Figures.format("%.1f", seen.slowerWithUsers()),
                Figures.format("%.1f", seen.slowerWithTime()),
                Integer.toString(seen.initialisingAtOnce()),
                Integer.toString(seen.renderingAtOnce()),
                Integer.toString(seen.destroyingAtOnce()),
                Figures.format("%.1f", seen.longestStallMs() / 1000),
                Figures.format("%.0f", seen.renderDelayMs()),
                Figures.format("%.0f-%.0f", seen.leastLingerMs() / 1000, seen.mostLingerMs() / 1000),
                Integer.toString(seen.mostLive()),
                Figures.format("%.0f", seen.drainMs() / 1000));
    }
}
