package panelperf.report;

/** Lines of a report that are no wider than a terminal. */
public final class Lines {
    static final int WIDTH = 120;
    private static final String INDENT = " ".repeat(12);

    private Lines() {}

    /** A fact with its name before it, indented. */
    static void field(StringBuilder text, String name, String value) {
        text.append(wrapped(Figures.format("  %-9s %s", name, value), INDENT));
    }

    /**
     * Broken between words, so that no line is wider than a terminal; a word that is wider stays whole.
     *
     * @param indent before every line but the first
     */
    public static String wrapped(String line, String indent) {
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
