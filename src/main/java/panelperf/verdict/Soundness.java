package panelperf.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import panelperf.run.HealthSample;
import panelperf.run.Run;
import panelperf.stats.Percentile;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;

/**
 * Whether the injector was in time, so that what was measured is the server's. CPU alone proves nothing: a Panel server
 * takes a whole core by itself, and so may an injector that is still in time.
 *
 * @param profiles one a profile that had visits, in their order
 */
public record Soundness(List<Profile> profiles) {
    /** The name of its check; a test of the whole run. */
    public static final String NAME = "the injector was in time";

    private static final double LATE_RANK = 95;
    private static final double LATE_MS = 50;
    private static final double SHARE = 0.05;

    public Soundness {
        profiles = List.copyOf(profiles);
    }

    /**
     * How late the injector was in one profile.
     *
     * @param scope the profile
     * @param n visits it was taken from
     * @param lateMs p95 of what each visit waited for the injector: in its queue, and with jobs behind other pages' jobs
     * @param limitMs the most that may be: 50 ms, or 5 % of the smallest figure that is judged, whichever is more
     * @param stalledShare the share of the profile's time in which a thread that was due could not run; empty when nobody
     *     looked
     * @param broken visits that failed by a defect of the injector
     */
    public record Profile(String scope, int n, double lateMs, double limitMs, OptionalDouble stalledShare, int broken) {
        /** Whether its figures can be judged. */
        public boolean sound() {
            return lateMs <= limitMs && stalledShare.orElse(1) <= SHARE && broken == 0;
        }

        /** What was too late; empty when it is sound. */
        public String fault() {
            List<String> faults = new ArrayList<>();
            if (lateMs > limitMs) {
                faults.add(String.format(
                        Locale.ROOT,
                        "%s: the injector held visits up by %.0f ms (p95 of %d), more than %.0f ms",
                        scope,
                        lateMs,
                        n,
                        limitMs));
            }
            if (broken > 0) {
                faults.add(scope + ": " + broken + " visits failed by a defect of the injector");
            }
            if (stalledShare.isEmpty()) {
                faults.add(scope + ": nobody watched the injector");
            } else if (stalledShare.getAsDouble() > SHARE) {
                faults.add(String.format(
                        Locale.ROOT,
                        "%s: the injector stood still for %.0f %% of the time, more than %.0f %%",
                        scope,
                        100 * stalledShare.getAsDouble(),
                        100 * SHARE));
            }
            return String.join("; ", faults);
        }
    }

    /** The soundness of a run's profiles, whose figures were judged so. */
    static Soundness of(Run run, List<Judgement> judgements) {
        List<Profile> profiles = new ArrayList<>();
        for (String scope : run.info().scenarios()) {
            Run part = run.of(scope);
            if (!part.judgedVisits().isEmpty()) {
                profiles.add(profile(scope, part, judgements));
            }
        }
        return new Soundness(profiles);
    }

    private static Profile profile(String scope, Run part, List<Judgement> judgements) {
        double[] late = part.judgedVisits().stream()
                .mapToDouble(visit -> visit.view().lateMs())
                .toArray();
        double smallest = judgements.stream()
                .filter(judgement -> judgement.threshold().scope().equals(scope))
                .filter(judgement -> judgement.threshold() instanceof Threshold.InTime)
                .map(Judgement::value)
                .flatMapToDouble(OptionalDouble::stream)
                .min()
                .orElse(0);
        return new Profile(
                scope,
                late.length,
                Percentile.of(LATE_RANK, late).orElse(0),
                Math.max(LATE_MS, SHARE * smallest),
                stalledShare(part),
                broken(part));
    }

    private static int broken(Run part) {
        return (int) part.judgedVisits().stream()
                .map(visit -> visit.view().outcome())
                .filter(outcome -> outcome instanceof Outcome.Failed failed
                        && failed.cause().equals(Cause.ENGINE))
                .count();
    }

    /** Over the seconds that lie, or end, within the profile's time. */
    private static OptionalDouble stalledShare(Run part) {
        double stalled = 0;
        double looked = 0;
        for (HealthSample sample : part.healthDuring()) {
            stalled += sample.stalledMs();
            looked += sample.periodMs();
        }
        return looked == 0 ? OptionalDouble.empty() : OptionalDouble.of(stalled / looked);
    }

    /** Whether every profile is. */
    public boolean sound() {
        return profiles.stream().allMatch(Profile::sound);
    }

    /** Whether that profile is; one without visits has no lateness to show. */
    public boolean sound(String scope) {
        return profiles.stream()
                .filter(profile -> profile.scope().equals(scope))
                .allMatch(Profile::sound);
    }

    /** What was too late, a sentence a profile; empty when all was in time. */
    public List<String> faults() {
        return profiles.stream()
                .filter(profile -> !profile.sound())
                .map(Profile::fault)
                .toList();
    }
}
