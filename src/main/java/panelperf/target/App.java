package panelperf.target;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import panelperf.bokeh.Document;
import panelperf.bokeh.Model;

/** What the target serves at {@code /}. Each session gets a document of its own. */
public interface App {
    /** The page's title, which its header shows too. */
    String title();

    /**
     * Makes a session's document; called on the document loop, so it must be quick.
     *
     * @param ids new model ids, never used before in this process
     */
    Made make(Supplier<String> ids);

    /**
     * A document and what is still to come.
     *
     * @param document its roots are drawn into {@code #main}, in order
     * @param deferred what is rendered once a client has drawn the page; may be empty
     */
    record Made(Document document, List<Deferred> deferred) {
        public Made {
            deferred = List.copyOf(deferred);
            for (Deferred part : deferred) {
                if (!document.knows(part.loaderId())) {
                    throw new IllegalArgumentException("deferred part: expected a model of the document, found '"
                            + part.loaderId() + "'; name the loader's id");
                }
            }
        }
    }

    /**
     * Content that takes its time.
     *
     * @param loaderId the model that shows the loader, and then the content
     * @param content makes the children; called once, on a thread of the render pool. When it throws, the loader goes and
     *     no content comes, as in Panel.
     */
    record Deferred(String loaderId, Callable<List<Model>> content) {}
}
