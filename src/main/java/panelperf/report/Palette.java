package panelperf.report;

/** Colours of a terminal, or none: a file, a pipe and a golden test get plain text. */
public enum Palette {
    PLAIN("", "", "", ""),
    ANSI("\u001b[32m", "\u001b[31m", "\u001b[2m", "\u001b[0m");

    private final String good;
    private final String bad;
    private final String faint;
    private final String end;

    Palette(String good, String bad, String faint, String end) {
        this.good = good;
        this.bad = bad;
        this.faint = faint;
        this.end = end;
    }

    String good(String text) {
        return good + text + end;
    }

    String bad(String text) {
        return bad + text + end;
    }

    String faint(String text) {
        return faint + text + end;
    }
}
