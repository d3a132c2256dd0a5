package panelperf.target;

/**
 * What a server serves.
 *
 * @param app makes each session's document
 * @param scripts draw it
 */
public record Site(App app, PageScripts scripts) {
    /** An app with our own script. */
    public static Site of(App app) {
        return new Site(app, PageScripts.own());
    }
}
