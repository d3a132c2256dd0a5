package panelperf.verdict;

import java.util.List;
import java.util.stream.Collectors;
import panelperf.run.Run;

/**
 * The answer to all thresholds of a run.
 *
 * @param judgements one a threshold, in their order
 * @param soundness whether the injector was in time
 * @param strict whether a threshold is met only by its whole interval, where there are visits enough for one
 * @param partial whether the run was stopped before its end
 */
public record Verdict(List<Judgement> judgements, Soundness soundness, boolean strict, boolean partial) {
    /** So many misses are named in the sentence; the table has them all. */
    private static final int NAMED = 3;

    public Verdict {
        judgements = List.copyOf(judgements);
    }

    /** Judges by the figures themselves. */
    public static Verdict judge(Run run, List<Threshold> thresholds) {
        return judge(run, thresholds, false);
    }

    public static Verdict judge(Run run, List<Threshold> thresholds, boolean strict) {
        List<Judgement> judgements = thresholds.stream()
                .map(threshold -> Judgement.of(run, threshold))
                .toList();
        return new Verdict(judgements, Soundness.of(run, judgements), strict, run.interrupted());
    }

    /** Whether a judgement means anything: the injector was in time in its profile, or in all of them. */
    public boolean valid(Judgement judgement) {
        String scope = judgement.threshold().scope();
        return scope.equals(Threshold.ALL) ? soundness.sound() : soundness.sound(scope);
    }

    /** Whether a judgement lets the run pass. */
    public boolean passes(Judgement judgement) {
        boolean byInterval = strict && judgement.enough();
        return byInterval ? judgement.answer() == Judgement.Answer.MET : judgement.met();
    }

    /** Those that were missed. */
    public List<Judgement> missed() {
        return judgements.stream().filter(judgement -> !passes(judgement)).toList();
    }

    /**
     * 0 when every threshold was met by a whole and sound run, else 1. A run without thresholds has shown nothing.
     */
    public int exitCode() {
        boolean shown = !judgements.isEmpty() && !partial && soundness.sound();
        return shown && missed().isEmpty() ? 0 : 1;
    }

    /** The verdict in a sentence or two. */
    public String sentence() {
        String part = partial ? "the run was stopped, so this is partial: " : "";
        if (!soundness.sound()) {
            return part + "the run is INVALID, so there is no verdict: " + String.join("; ", soundness.faults())
                    + "; give the injector more CPU, or fewer users";
        }
        if (judgements.isEmpty()) {
            return part + "there was no limit to meet, so nothing was shown";
        }
        if (partial && soundness.profiles().isEmpty()) {
            return part + "no visit of a profile had ended, so nothing was judged";
        }
        return part + limits() + (soundness.profiles().isEmpty() ? "" : "; the run is sound");
    }

    private String limits() {
        List<Judgement> missed = missed();
        if (missed.isEmpty()) {
            String met = judgements.size() == 1
                    ? "the server met its limit"
                    : "the server met all " + judgements.size() + " limits";
            return met + undecided();
        }
        String named = missed.stream()
                .limit(NAMED)
                .map(judgement -> judgement.name() + ", found " + judgement.found())
                .collect(Collectors.joining("; "));
        String more = missed.size() > NAMED ? "; and " + (missed.size() - NAMED) + " more" : "";
        return "the server missed " + missed.size() + " of " + judgements.size() + " limits (" + named + more + ")";
    }

    /** What a met limit is worth: too few visits leave it open whether the next run would meet it. */
    private String undecided() {
        long open = judgements.stream()
                .filter(judgement -> judgement.answer() == Judgement.Answer.UNDECIDED)
                .count();
        String which = judgements.size() == 1 ? "" : open + " of them ";
        return open == 0 ? "" : ", " + which + "by too few visits to be sure";
    }
}
