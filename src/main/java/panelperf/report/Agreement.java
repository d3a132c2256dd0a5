package panelperf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import panelperf.run.Run;
import panelperf.stats.Percentile;
import panelperf.stats.RankCorrelation;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

/**
 * What a real browser saw, beside what the model says of the same minutes.
 *
 * <p>A pair is a visit of the browser, and the median of the model's visits that were due at most {@link #WINDOW_MS} before
 * or after it started. There is none where the figure did not come in the browser, where no visit of the model was due, or
 * where the median falls on what did not come.
 *
 * @param browser the browser's figures, one a visit that says something; positive infinity where it did not come
 * @param model the model's, of the visits that were due from the first of the browser's starts to the last, and the
 *     window around
 * @param differenceMs the median of the pairs' differences, browser less model; empty without pairs
 * @param ranks Spearman's coefficient over the pairs; empty where it does not exist
 * @param pairs how many there are
 */
record Agreement(
        List<Double> browser, List<Double> model, OptionalDouble differenceMs, OptionalDouble ranks, int pairs) {
    /** The browser comes every five seconds, so that a model's visit is in two windows at most, mostly in one. */
    static final double WINDOW_MS = 5000;

    Agreement {
        browser = List.copyOf(browser);
        model = List.copyOf(model);
    }

    /** One visit of the model: when it was due, ms since the Unix epoch, and its figure. */
    private record Due(double startMs, double figureMs) {}

    /** The visits of the browser that started while those of this part of the run did. */
    static List<CanaryVisit> during(Run part) {
        List<VisitStart> starts = new ArrayList<>(part.unfinished());
        part.visits().forEach(visit -> starts.add(visit.start()));
        double first =
                starts.stream().mapToDouble(VisitStart::intendedStartMs).min().orElse(Double.POSITIVE_INFINITY);
        double last =
                starts.stream().mapToDouble(VisitStart::intendedStartMs).max().orElse(Double.NEGATIVE_INFINITY);
        return part.canary().stream()
                .filter(CanaryVisit::isJudged)
                .filter(visit -> visit.startedMs() >= first && visit.startedMs() <= last)
                .toList();
    }

    /**
     * Compares one figure.
     *
     * @param part whose visits are compared with
     * @param canary the browser's, which say something, as {@link #during} gives them; in the order of time
     */
    static Agreement of(Run part, List<CanaryVisit> canary, BrowserMilestone seen, Milestone modelled) {
        List<Due> dues = dues(part, modelled);
        double[] starts = dues.stream().mapToDouble(Due::startMs).toArray();
        double[] figures = dues.stream().mapToDouble(Due::figureMs).toArray();
        List<Double> ofBrowser = new ArrayList<>();
        List<Double> ofModel = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (CanaryVisit visit : canary) {
            OptionalDouble figure = visit.at(seen);
            all.add(figure.orElse(Double.POSITIVE_INFINITY));
            OptionalDouble median = Percentile.of(50, within(starts, figures, visit.startedMs(), visit.startedMs()));
            if (figure.isPresent() && median.isPresent()) {
                ofBrowser.add(figure.getAsDouble());
                ofModel.add(median.getAsDouble());
            }
        }
        double[] same = canary.isEmpty()
                ? new double[0]
                : within(
                        starts,
                        figures,
                        canary.get(0).startedMs(),
                        canary.get(canary.size() - 1).startedMs());
        return new Agreement(
                all,
                Arrays.stream(same).boxed().toList(),
                difference(ofBrowser, ofModel),
                RankCorrelation.spearman(array(ofBrowser), array(ofModel)),
                ofBrowser.size());
    }

    /** The model's visits that say something, in the order in which they were due. */
    private static List<Due> dues(Run part, Milestone milestone) {
        List<Due> dues = new ArrayList<>();
        for (Visit visit : part.judgedVisits()) {
            double figure = visit.view().milestones().at(milestone).orElse(Double.POSITIVE_INFINITY);
            dues.add(new Due(visit.start().intendedStartMs(), figure));
        }
        part.unfinished().forEach(start -> dues.add(new Due(start.intendedStartMs(), Double.POSITIVE_INFINITY)));
        dues.sort(Comparator.comparingDouble(Due::startMs));
        return dues;
    }

    /** The figures of those that were due from one instant to another, and the window around. */
    private static double[] within(double[] starts, double[] figures, double fromMs, double toMs) {
        int first = firstFrom(starts, fromMs - WINDOW_MS);
        int next = firstFrom(starts, Math.nextUp(toMs + WINDOW_MS));
        return Arrays.copyOfRange(figures, first, next);
    }

    /** The place of the first value that is not below the bound. */
    private static int firstFrom(double[] sorted, double bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static OptionalDouble difference(List<Double> browser, List<Double> model) {
        double[] differences = new double[browser.size()];
        Arrays.setAll(differences, i -> browser.get(i) - model.get(i));
        return Percentile.of(50, differences);
    }

    /** The browser's percentile; empty where it falls on what did not come. */
    OptionalDouble ofBrowser(double rank) {
        return Percentile.of(rank, array(browser));
    }

    /** The model's. */
    OptionalDouble ofModel(double rank) {
        return Percentile.of(rank, array(model));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
