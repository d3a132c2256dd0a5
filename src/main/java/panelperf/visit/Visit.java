package panelperf.visit;

/**
 * One user opening one page, ended.
 *
 * @param start who opened what, and when
 * @param engine the browser's {@link Browser#engine()}
 * @param view what it saw
 */
public record Visit(VisitStart start, String engine, PageView view) {
    /** Whether the server answered the document with 2xx. */
    public boolean serverResponded() {
        return view.status() >= 200 && view.status() < 300;
    }

    /** Whether the page was loaded (answered, pulled, and every loader gone) and every step done. */
    public boolean pageLoaded() {
        return view.outcome() instanceof Outcome.Loaded;
    }

    /** Wall time of the end, milliseconds since the Unix epoch. */
    public double endMs() {
        return start.intendedStartMs() + view.durationMs();
    }
}
