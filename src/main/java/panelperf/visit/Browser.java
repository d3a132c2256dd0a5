package panelperf.visit;

import java.net.URI;
import java.util.function.Consumer;

/**
 * What opens pages. The port between those who make the load and those who know how a page is opened.
 *
 * <p>Any thread may call any method.
 */
public interface Browser extends AutoCloseable {
    /** The engine's name in journals and tables, for example {@code light}. */
    String engine();

    /**
     * Opens a page and returns at once.
     *
     * @param whenDone is called exactly once, on a thread of the browser's, at the latest one second after the
     *     request's deadline (or that of the step that is under way, where the page has loaded and there are steps), whatever the page or the server does; it must not block
     */
    void open(PageRequest request, Consumer<PageView> whenDone);

    /**
     * Does what this browser needs to do once for a page, with visits of its own. Blocks. An engine that needs nothing makes none.
     *
     * @param url the page
     * @param headers of every request to its server
     */
    default void prepare(URI url, RequestHeaders headers) throws InterruptedException {}

    /** Ends every visit under way as {@link Outcome.Interrupted}, and every later one at once. */
    void interrupt();

    /** Interrupts, and gives back threads, sockets and memory. May be called again. */
    @Override
    void close();
}
