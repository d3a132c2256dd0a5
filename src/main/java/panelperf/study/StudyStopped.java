package panelperf.study;

/**
 * The study cannot go on. Its message is a sentence for the person at the console: what was tried, what came, what to
 * do. It carries no stack trace, because the fault is not in this program.
 */
public final class StudyStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StudyStopped(String sentence) {
        super(sentence, null, false, false);
    }

    /** An option has a value that it cannot have. */
    static StudyStopped badOption(String property, String expected, String found) {
        return new StudyStopped("option " + property + ": expected " + expected + ", found '" + found
                + "'; start again with a valid -D" + property);
    }
}
