package panelperf.verdict;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import panelperf.run.Run;
import panelperf.visit.Milestone;
import panelperf.visit.StepView;
import panelperf.visit.Visit;

/** Figures of a run's visits, by the rules of the verdict. */
public final class Sample {
    private Sample() {}

    /**
     * When a milestone came, for every visit that was started and not interrupted; positive infinity where it did not
     * come, for whatever reason.
     *
     * @return milliseconds since the intended start, as many as {@link panelperf.run.Counts#judged()}
     */
    public static double[] of(Run run, Milestone milestone) {
        return of(run, visit -> visit.view().milestones().at(milestone));
    }

    /**
     * The time from one milestone to another, with infinity where either did not come.
     *
     * @return milliseconds
     */
    public static double[] between(Run run, Milestone from, Milestone to) {
        return of(run, visit -> {
            OptionalDouble start = visit.view().milestones().at(from);
            OptionalDouble end = visit.view().milestones().at(to);
            return start.isPresent() && end.isPresent()
                    ? OptionalDouble.of(end.getAsDouble() - start.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    /**
     * The parts of a visit that are the server's alone, with no pacing in them: from the open websocket to the pulled
     * document, and from {@code document_ready} to the end of the last loader.
     *
     * @return milliseconds
     */
    public static double[] serverBound(Run run) {
        double[] pulled = between(run, Milestone.WS_OPEN, Milestone.PULLED);
        double[] rendered = between(run, Milestone.READY, Milestone.SPINNER_GONE);
        double[] sum = new double[pulled.length];
        Arrays.setAll(sum, i -> pulled[i] + rendered[i]);
        return sum;
    }

    /**
     * How long a step took, each time that it was begun and neither interrupted nor without anything to send; positive
     * infinity where it was not done.
     *
     * @param name the {@link StepView#name()}
     * @return milliseconds, from when it was due
     */
    public static double[] step(Run run, String name) {
        return steps(run, name::equals);
    }

    /** The same of all steps of some names. */
    static double[] steps(Run run, Predicate<String> names) {
        return run.judgedVisits().stream()
                .flatMap(visit -> visit.view().steps().stream())
                .filter(step -> names.test(step.name())
                        && step.end() != StepView.End.UNCHANGED
                        && step.end() != StepView.End.INTERRUPTED)
                .mapToDouble(step -> step.end() == StepView.End.DONE ? step.durationMs() : Double.POSITIVE_INFINITY)
                .toArray();
    }

    private static double[] of(Run run, Function<Visit, OptionalDouble> figure) {
        double[] sample = new double[run.counts().judged()];
        Arrays.fill(sample, Double.POSITIVE_INFINITY); // the unfinished stay so
        int i = 0;
        for (Visit visit : run.judgedVisits()) {
            sample[i++] = figure.apply(visit).orElse(Double.POSITIVE_INFINITY);
        }
        return sample;
    }
}
