package panelperf.gatling;

import io.gatling.javaapi.core.ActionBuilder;
import java.util.List;
import java.util.function.Supplier;

/** The entry point: {@code import static panelperf.gatling.PanelDsl.*}. */
public final class PanelDsl {
    /** The protocol; pass it to {@code protocols(panel.baseUrl(…).browser(…))}. */
    public static final PanelProtocolBuilder panel = PanelProtocolBuilder.empty();

    private PanelDsl() {}

    /**
     * A page of this name. Its milestones and checks stand in a group of the same name, so a page that several scenarios
     * share is one group in Gatling's report: name it after the scenario.
     */
    public static Page page(String name) {
        return new Page(name);
    }

    /**
     * Logs checks as requests of a group, so that Gatling's report shows them and its assertions can ask for them.
     *
     * @param group the group's name
     * @param checks is asked once a user comes here, on a thread that may block; when it throws, a check of the group's own
     *     name is logged as failed, and those that were to be logged are missing, which assertions report
     */
    public static ActionBuilder checks(String group, Supplier<List<Check>> checks) {
        return new UserActionBuilder(
                (context, next) -> new ChecksAction(group, checks, context.coreComponents(), next));
    }

    /**
     * Runs something that may block, such as a wait, and goes on when it is done. When it throws, the crash is in Gatling's
     * report, and the user goes on as one that failed.
     *
     * @param name for threads and reports
     */
    public static ActionBuilder aside(String name, Runnable work) {
        return new UserActionBuilder((context, next) -> new AsideAction(name, work, context.coreComponents(), next));
    }

    /** A page, to be opened. */
    public static final class Page {
        private final String name;

        private Page(String name) {
            this.name = name;
        }

        /**
         * Opens the page and goes on when it is loaded, and the steps that follow are done, or when it has failed.
         *
         * @param path appended to the protocol's base URL, in Gatling's expression language; {@code /} is the base URL
         *     itself
         */
        public PageActionBuilder open(String path) {
            return new PageActionBuilder(name, path);
        }
    }
}
