package panelperf.target.admin;

import java.util.List;

/** The newest lines of the log. Any thread. */
public final class Log {
    private static final int LONGEST_LINE = 2_000;

    private final Recent<LogLine> lines;

    Log(int most) {
        this.lines = new Recent<>(most);
    }

    /** One more; what is too long for a line is cut. */
    public synchronized void add(LogLine line) {
        String text = line.text();
        lines.add(
                text.length() <= LONGEST_LINE
                        ? line
                        : new LogLine(
                                line.epochMs(), line.level(), line.session(), text.substring(0, LONGEST_LINE) + " …"));
    }

    synchronized long last() {
        return lines.last();
    }

    synchronized List<Recent.Numbered<LogLine>> after(long number, int most) {
        return lines.after(number, most);
    }
}
