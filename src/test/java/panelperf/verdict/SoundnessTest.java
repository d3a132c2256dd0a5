package panelperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.run.HealthSample;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.visit.Cause;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Visit;

/** Whose fault a slow page was. */
final class SoundnessTest {
    private static final Threshold LCP = new Threshold.Time("load", Milestone.LCP_MODEL, 90, 3000);

    @ParameterizedTest
    @CsvSource({
        // late ms of every visit, LCP of every visit, sound
        "0, 400, true",
        "49, 400, true",
        "51, 400, false",
        "51, 1100, true", // 5 % of the figure is more than 50 ms
        "56, 1100, false"
    })
    void visits_may_be_late_by_50_ms_or_5_percent_of_the_figure(double lateMs, double lcpMs, boolean sound) {
        Soundness soundness = soundness(run(visits(100, lateMs, lcpMs)), List.of(LCP));

        assertThat(soundness.sound()).isEqualTo(sound);
        assertThat(soundness.faults()).hasSize(sound ? 0 : 1);
    }

    @Test
    void a_run_that_nobody_watched_is_not_sound() {
        Soundness soundness = soundness(run(visits(10, 0, 400)).withHealth(List.of()), List.of(LCP));

        assertThat(soundness.faults()).containsExactly("load: nobody watched the injector");
    }

    @Test
    void a_defect_of_the_injector_is_not_the_servers_fault() {
        List<Visit> visits = new ArrayList<>(visits(100, 0, 400));
        visits.set(7, Runs.ended("load", 7, new Outcome.Failed(Cause.ENGINE, "OutOfMemoryError")));

        assertThat(soundness(run(visits), List.of(LCP)).faults())
                .containsExactly("load: 1 visits failed by a defect of the injector");
    }

    @Test
    void few_late_visits_of_many_do_no_harm() {
        List<Visit> visits = new ArrayList<>(visits(100, 0, 400));
        for (int i = 0; i < 4; i++) {
            visits.set(i, late("load", i, 900, 400));
        }
        assertThat(soundness(run(visits), List.of(LCP)).sound()).isTrue();

        for (int i = 0; i < 7; i++) {
            visits.set(i, late("load", i, 900, 400));
        }
        assertThat(soundness(run(visits), List.of(LCP)).sound()).isFalse();
    }

    @Test
    void an_injector_that_stands_still_for_more_than_5_percent_of_the_time_is_not_sound() {
        Run run = run(visits(10, 0, 400));
        double begin = run.visits().get(0).start().intendedStartMs();

        assertThat(soundness(run.withHealth(List.of(health(begin + 500, 40))), List.of(LCP))
                        .sound())
                .isTrue();
        Soundness still = soundness(run.withHealth(List.of(health(begin + 500, 200))), List.of(LCP));
        assertThat(still.faults())
                .containsExactly("load: the injector stood still for 20 % of the time, more than 5 %");
        assertThat(soundness(run.withHealth(List.of(health(begin - 5000, 900), health(begin + 500, 0))), List.of(LCP))
                        .sound())
                .as("before the profile")
                .isTrue();
    }

    /** A server that hangs is not the injector's fault, however long it takes. */
    @Test
    void visits_that_time_out_at_a_stalled_server_are_sound() {
        List<Visit> visits = IntStream.range(0, 20)
                .mapToObj(user -> Runs.ended("load", user, new Outcome.TimedOut("html")))
                .toList();

        assertThat(soundness(run(visits), List.of(LCP)).sound()).isTrue();
    }

    @Test
    void an_invalid_run_has_no_verdict_and_is_not_good() {
        Verdict verdict = Verdict.judge(run(visits(100, 80, 400)), List.of(LCP));

        assertThat(verdict.missed()).isEmpty();
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.sentence())
                .isEqualTo(
                        "the run is INVALID, so there is no verdict: load: the injector held visits up by 80 ms (p95 of"
                                + " 100), more than 50 ms; give the injector more CPU, or fewer users");
    }

    private static Soundness soundness(Run run, List<Threshold> thresholds) {
        return Verdict.judge(run, thresholds).soundness();
    }

    private static List<Visit> visits(int n, double lateMs, double lcpMs) {
        return IntStream.range(0, n)
                .mapToObj(user -> late("load", user, lateMs, lcpMs))
                .toList();
    }

    /** Half of it in the queue, half among the jobs. */
    private static Visit late(String scenario, long user, double lateMs, double lcpMs) {
        Visit visit = Runs.loaded(scenario, user, 0, lcpMs / 0.8);
        PageView view = visit.view();
        return new Visit(
                visit.start(),
                visit.engine(),
                new PageView(
                        view.status(),
                        view.outcome(),
                        Math.min(lateMs / 2, view.durationMs()),
                        lateMs - Math.min(lateMs / 2, view.durationMs()),
                        view.durationMs(),
                        new Milestones(view.milestones().millis()),
                        view.loaders(),
                        view.requests(),
                        view.receivedBytes(),
                        view.sessionId()));
    }

    private static HealthSample health(double endMs, double stalledMs) {
        return new HealthSample(endMs, 1000, stalledMs, 0, 500, OptionalDouble.empty(), 10, 0, 0);
    }

    private static Run run(List<Visit> visits) {
        return Run.of(Runs.info("load"), visits.stream().map(Visit::start).toList(), visits, false)
                .withHealth(Runs.watched());
    }
}
