package panelperf.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What may be set on the command line as a system property, {@code -Dname=value}. The README's table is this list. */
public enum Option {
    BASE_URL("baseUrl", "our own target", "the page's address, an http or https URL; a path is allowed"),
    PORT("port", "5555", "where our own target is looked for, and else started; 0: any free port"),
    USERS("users", "10", "how many users single_load and load have"),
    DURATION("duration", "4m", "how long the users of load go on, for example 30s, 4m"),
    PROFILES("profiles", "all", "which of the simulation's profiles run, for example single,load"),
    TIMEOUT(
            "timeout",
            "5s, 10s, 60s",
            "how long a visit may take; by default what the profile says; more than 5s lets profiles overlap"),
    PACING("pacing", "on", "on, off, or a calibration file: the time that a browser's scripts would take"),
    ENGINE(
            "engine",
            "light",
            "light: our page script in place of BokehJS and Panel's bundles; full: the bundles themselves, transpiled"),
    TRANSPILED(
            "transpiled",
            "~/.cache/panel-performance",
            "the full engine's directory: what it has transpiled, and the transpiler, unless it is elsewhere"),
    CACHE("cache", "cold", "cold: every visit is a new browser; warm: users come back with a filled cache"),
    HEADER(
            "header.*",
            "none",
            "a header of every request to the server, for example header.Authorization=…; reports and journals hide it"),
    CA("ca", "the JDK's", "a PEM file of certificates that TLS trusts too, for example a private authority's"),
    WARMUP("warmup", "on", "on or off: visits to a target of our own that warm this JVM up"),
    BASELINE(
            "baseline",
            "on",
            "on or off: 20 visits by one user before the profiles of LoadSimulation, to compare with"),
    SETTLE("settle", "on", "on or off: after the baseline, wait until the server has destroyed its sessions"),
    DRAIN("drain", "on", "on or off: after the profiles of LoadSimulation, wait for that too, at most 120 s"),
    SERVER_SIDE(
            "serverSide",
            "on",
            "on or off: after the load, read what the server tells of its sessions; Panel's admin page is opened once for it"),
    CANARY("canary", "off", "on: one real Chromium visits beside the last profile, to be compared with"),
    THRESHOLD(
            "threshold.*",
            "the study's",
            "a limit, for example threshold.spinner_gone.p90=2s, threshold.load.page_loaded.rate=99%"),
    STRICT("strict", "off", "on: where n is 72 or more, a limit is met by its whole 95 % interval only"),
    RESULTS("results", "target/panel-performance", "the directory below which each run makes its own");

    private final String property;
    private final String byDefault;
    private final String meaning;

    Option(String property, String byDefault, String meaning) {
        this.property = property;
        this.byDefault = byDefault;
        this.meaning = meaning;
    }

    /** The system property's name. */
    public String property() {
        return property;
    }

    /** What holds when it is not set. */
    public String byDefault() {
        return byDefault;
    }

    /** One sentence that says what it sets. */
    public String meaning() {
        return meaning;
    }

    static List<String> properties() {
        return Arrays.stream(values()).map(Option::property).toList();
    }

    /**
     * The options that somebody may have meant who set a property that is none: one or two letters away. Those that say
     * what is judged, and by what, stop the run: without them it would be green for another server or without a limit.
     *
     * @return one sentence for each other such property
     * @throws StudyStopped when {@code baseUrl} or {@code threshold} was meant
     */
    static List<String> nearMisses(Iterable<String> set) {
        List<String> warnings = new ArrayList<>();
        for (String name : set) {
            if (name.indexOf('.') < 0) {
                properties().stream()
                        .filter(option -> !name.equals(option) && distance(name, option) <= nearness(option))
                        .findFirst()
                        .filter(option -> !properties().contains(name))
                        .ifPresent(option -> warnings.add(noOption(name, option)));
            } else {
                String first = name.substring(0, name.indexOf('.'));
                if (!first.equals("threshold") && distance(first, "threshold") <= 2) {
                    throw new StudyStopped(noOption(name, "threshold" + name.substring(first.length())));
                }
                if (!first.equals("header") && distance(first, "header") <= 1) {
                    warnings.add(noOption(name, "header" + name.substring(first.length())));
                }
            }
        }
        return warnings;
    }

    private static String noOption(String name, String meant) {
        String sentence = "-D" + name + " is no option and has no effect; did you mean -D" + meant + "?";
        if (meant.equals(BASE_URL.property)) {
            throw new StudyStopped(sentence);
        }
        return sentence;
    }

    /** In a short name two letters make another word. */
    private static int nearness(String option) {
        return option.length() > 5 ? 2 : 1;
    }

    /** Levenshtein's, with a swap of neighbours as one step too, and without regard to case. */
    private static int distance(String found, String option) {
        String a = found.toLowerCase(Locale.ROOT);
        String b = option.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(steps[i - 1][j] + 1, steps[i][j - 1] + 1);
                least = Math.min(least, steps[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
            }
        }
        return steps[a.length()][b.length()];
    }
}
