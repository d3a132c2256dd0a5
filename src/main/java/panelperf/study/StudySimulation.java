package panelperf.study;

import io.gatling.javaapi.core.Simulation;
import java.util.Map;
import java.util.function.Supplier;

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
        this(new TargetKnobs(Map.of()), scenarios);
    }

    /**
     * The same for a simulation that is about one app of ours.
     *
     * @param target what our target has when this run starts it, and the options say nothing else
     */
    protected StudySimulation(TargetKnobs target, String... scenarios) {
        String name = getClass().getSimpleName();
        study = inOneSentence(() -> Study.begin(name, target, scenarios));
    }

    @Override
    public final void before() {
        inOneSentence(() -> {
            study.prepare();
            return study;
        });
    }

    @Override
    public final void after() {
        inOneSentence(() -> {
            study.end();
            return study;
        });
    }

    /** Whoever stops the study has said why in a sentence; a stack trace around it helps nobody. */
    private static Study inOneSentence(Supplier<Study> part) {
        try {
            return part.get();
        } catch (StudyStopped e) {
            GatlingMain.endWith(e);
            throw e;
        }
    }
}
