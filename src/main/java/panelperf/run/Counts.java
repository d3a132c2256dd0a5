package panelperf.run;

/**
 * How visits ended. Every started one is in exactly one of the others.
 *
 * @param started visits that were begun
 * @param loaded their page loaded
 * @param failed something went wrong
 * @param timedOut their deadline came first
 * @param interrupted the run was stopped under them
 * @param unfinished nothing is known of their end: the injector was killed
 */
public record Counts(int started, int loaded, int failed, int timedOut, int interrupted, int unfinished) {
    public Counts {
        int ended = loaded + failed + timedOut + interrupted + unfinished;
        if (started != ended) {
            throw new IllegalArgumentException("counts of visits: expected started = loaded + failed + timed out +"
                    + " interrupted + unfinished, found " + started + " and " + ended);
        }
    }

    /** Those that say something about the server: all but the interrupted. */
    public int judged() {
        return started - interrupted;
    }
}
