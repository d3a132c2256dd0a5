package panelperf.verdict;

import java.util.List;
import java.util.stream.Collectors;
import panelperf.run.Run;

/**
 * The answer to all thresholds of a run.
 *
 * @param judgements one a threshold, in their order
 * @param partial whether the run was stopped before its end
 */
public record Verdict(List<Judgement> judgements, boolean partial) {
    /** So many misses are named in the sentence; the table has them all. */
    private static final int NAMED = 3;

    public Verdict {
        judgements = List.copyOf(judgements);
    }

    public static Verdict judge(Run run, List<Threshold> thresholds) {
        return new Verdict(
                thresholds.stream()
                        .map(threshold -> Judgement.of(run, threshold))
                        .toList(),
                run.interrupted());
    }

    /** Those that were missed. */
    public List<Judgement> missed() {
        return judgements.stream().filter(judgement -> !judgement.met()).toList();
    }

    /** 0 when every threshold was met by a whole run, else 1. A run without thresholds has shown nothing. */
    public int exitCode() {
        return missed().isEmpty() && !partial && !judgements.isEmpty() ? 0 : 1;
    }

    /** The verdict in a sentence. */
    public String sentence() {
        String part = partial ? "the run was stopped, so this is partial: " : "";
        if (judgements.isEmpty()) {
            return part + "there was no limit to meet, so nothing was shown";
        }
        List<Judgement> missed = missed();
        if (missed.isEmpty()) {
            return part
                    + (judgements.size() == 1
                            ? "the server met its limit"
                            : "the server met all " + judgements.size() + " limits");
        }
        String named = missed.stream()
                .limit(NAMED)
                .map(judgement -> judgement.name() + ", found " + judgement.found())
                .collect(Collectors.joining("; "));
        String more = missed.size() > NAMED ? "; and " + (missed.size() - NAMED) + " more" : "";
        return part + "the server missed " + missed.size() + " of " + judgements.size() + " limits: " + named + more;
    }
}
