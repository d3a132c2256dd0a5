package panelperf.headless;

import java.util.function.Consumer;
import panelperf.visit.Browser;
import panelperf.visit.Drawn;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** A browser that can tell what a page is made of. */
public interface InspectingBrowser extends Browser {
    /**
     * Opens a page and tells what it is made of, too.
     *
     * @param inspector is called when the document was pulled and drawn, perhaps never, on the page's thread
     * @param whenDone as in {@link #open(PageRequest, Consumer)}
     */
    void inspect(PageRequest request, Consumer<Drawn> inspector, Consumer<PageView> whenDone);
}
