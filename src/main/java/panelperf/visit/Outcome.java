package panelperf.visit;

/** How a visit ended. A visit that failed or timed out stays in every estimate, as slower than every limit. */
public sealed interface Outcome {
    /** The outcome's name in journals and tables. */
    String word();

    /** The page was answered with 2xx, its document pulled, no loader was left, and the user's steps were done. */
    record Loaded() implements Outcome {
        @Override
        public String word() {
            return "loaded";
        }
    }

    /**
     * Something went wrong before the page was loaded, or under a step, whose name the detail begins with then.
     *
     * @param cause a stable word to count by, one of {@link Cause}
     * @param detail what exactly came, for the reader of one visit; may be empty
     */
    record Failed(String cause, String detail) implements Outcome {
        public Failed {
            if (!cause.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "cause of a failed visit: expected a word like ws_closed, found '" + cause + "'");
            }
        }

        /** A defect of the engine: what was thrown, and where, because only one visit in many may meet it. */
        public static Failed of(Throwable problem) {
            StackTraceElement[] trace = problem.getStackTrace();
            return new Failed(Cause.ENGINE, trace.length == 0 ? problem.toString() : problem + " at " + trace[0]);
        }

        @Override
        public String word() {
            return "failed";
        }
    }

    /**
     * The deadline came first.
     *
     * @param waitingFor what the visit was waiting for at its deadline, for example {@code spinner_gone}; under a
     *     step its name, and what of it: {@code set Guests: answer}
     */
    record TimedOut(String waitingFor) implements Outcome {
        @Override
        public String word() {
            return "timed_out";
        }
    }

    /** The run was stopped while the visit was under way: it says nothing about the server. */
    record Interrupted() implements Outcome {
        @Override
        public String word() {
            return "interrupted";
        }
    }
}
