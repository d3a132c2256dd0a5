package panelperf.headless;

import java.util.Map;
import java.util.function.Consumer;
import panelperf.transpile.CannotTranspile;

/** What an engine makes of a page's scripts. The rest of a visit is the same for all of them. */
interface PageEngine {
    /** Its name in journals and tables. */
    String name();

    /** Whether the script at that path is fetched, counted and waited for, but not run. */
    boolean replaces(String path);

    /** The time that stands for what is not run. */
    Pacing pacing();

    /**
     * What runs before the page's first node, in its order, by names for messages.
     *
     * @param steps whether the page is to take steps
     */
    Map<String, String> scripts(boolean steps);

    /** What all pages of this engine have compiled, by the text that came. */
    CompiledScripts compiled();

    /**
     * Whether BokehJS itself runs: binary messages of sockets are carried into the page, which else are only counted, and what scripts
     * call an error is listened to.
     */
    boolean runsBundles();

    /**
     * What is compiled for a script of the page.
     *
     * @param name its address, or that of the page and its place there
     * @param made is told of a script that had to be transpiled for it, which takes time that no browser needs
     * @throws CannotTranspile when nothing can be made of it
     */
    String runnable(String name, String source, Consumer<String> made) throws CannotTranspile;
}
