package panelperf.target;

/** What this program is called on the wire. */
public final class Version {
    /** The version in the pom; a test holds the two together. */
    public static final String CURRENT = "0.1.0-SNAPSHOT";
    /** The product's name. */
    public static final String NAME = "panel-performance";

    private Version() {}
}
