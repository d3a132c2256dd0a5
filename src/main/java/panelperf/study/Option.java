package panelperf.study;

import java.util.Arrays;
import java.util.List;

/** What may be set on the command line as a system property, {@code -Dname=value}. The README's table is this list. */
public enum Option {
    BASE_URL("baseUrl", "our own target", "the page's address, an http or https URL; a path is allowed"),
    PORT("port", "5555", "where our own target is looked for, and else started; 0: any free port"),
    USERS("users", "10", "how many users single_load and load have"),
    DURATION("duration", "4m", "how long the users of load go on, for example 30s, 4m"),
    TIMEOUT("timeout", "5s, 10s, 60s", "how long a visit may take; by default what the profile says"),
    PACING("pacing", "on", "on, off, or a calibration file: the time that a browser's scripts would take"),
    CACHE("cache", "cold", "cold: every visit is a new browser; warm: users come back with a filled cache"),
    WARMUP("warmup", "on", "on or off: visits to a target of our own that warm this JVM up"),
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
}
