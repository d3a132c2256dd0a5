package panelperf.study;

import java.io.PrintStream;
import java.util.Locale;
import panelperf.report.Lines;

/**
 * What the console is told of a run's phases, in a line or two each, up to the last words. Any thread may speak; after the
 * last words none is heard, because a phase that is cut off may notice late.
 */
final class Announcements {
    private static final String INDENT = " ".repeat(11);

    private final PrintStream out;
    private boolean over;

    Announcements(PrintStream out) {
        this.out = out;
    }

    /** Says what is under way, or how it went. */
    synchronized void say(String phase, String sentence) {
        if (!over) {
            out.print(Lines.wrapped(String.format(Locale.ROOT, "%-10s %s", phase, sentence), INDENT));
        }
    }

    /** The last words, which end with a line feed. */
    synchronized void last(String words) {
        over = true;
        out.println();
        out.print(words);
        out.flush();
    }
}
