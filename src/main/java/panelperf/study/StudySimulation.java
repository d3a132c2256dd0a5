package panelperf.study;

import io.gatling.javaapi.core.Simulation;

/**
 * A simulation that is a study: begun with its construction, prepared before the load, ended after it.
 *
 * <p>Gatling calls {@link #before} and {@link #after} around the load, on its main thread.
 */
public abstract class StudySimulation extends Simulation {
    /** The run's course; the words of the script come from here. */
    protected final Study study;

    /**
     * Begins the study: reads the options and finds or starts the server.
     *
     * @param scenarios the names of the profiles that this simulation runs, in the order of its table
     * @throws StudyStopped when an option is bad or our target does not start
     */
    protected StudySimulation(String... scenarios) {
        study = Study.begin(getClass().getSimpleName(), scenarios);
    }

    @Override
    public final void before() {
        study.prepare();
    }

    @Override
    public final void after() {
        study.end();
    }
}
