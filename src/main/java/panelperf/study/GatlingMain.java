package panelperf.study;

/**
 * Gatling's main method. To a simulation that refuses to run it answers with two stack traces, of 40 lines each, around
 * the one sentence that somebody needs; and it ends the process with 1.
 */
final class GatlingMain {
    private static final String CLASS = "io.gatling.app.Gatling";

    private GatlingMain() {}

    /**
     * Ends the process as Gatling's main would, with the sentence alone. Does nothing where somebody else runs Gatling, such
     * as a test: whose process that is, we cannot know, and an exception is what they can handle.
     */
    static void endWith(StudyStopped reason) {
        if (runsThisThread()) {
            System.err.println(reason.getMessage());
            System.exit(1);
        }
    }

    private static boolean runsThisThread() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CLASS)
                        && frame.getMethodName().equals("main")));
    }
}
