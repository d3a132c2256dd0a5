package panelperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.visit.Cause;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.StepView;
import panelperf.visit.Visit;

final class VerdictTest {
    private static final Threshold LCP = new Threshold.Time("load", Milestone.LCP_MODEL, 90, 3000);
    private static final Threshold LOADED = new Threshold.Rate("load", Threshold.Check.PAGE_LOADED, 0.95);

    @Test
    void no_data_is_missed() {
        Verdict verdict = Verdict.judge(run(List.of()), List.of(LCP, LOADED));

        assertThat(verdict.missed()).extracting(Judgement::found).containsExactly("no data", "no data");
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    @Test
    void a_profile_that_should_have_run_and_did_not_is_missed() {
        List<Threshold> thresholds = StudyThresholds.forScenarios(List.of("single", "load"));

        Verdict verdict = Verdict.judge(run(List.of(Runs.loaded("load", 1, 0, 400))), thresholds);

        assertThat(verdict.missed())
                .extracting(judgement -> judgement.threshold().scope())
                .containsOnly("single")
                .hasSize(4);
    }

    @Test
    void a_visit_that_times_out_counts_as_slower_than_every_limit() {
        List<Visit> visits = new ArrayList<>();
        for (int user = 0; user < 9; user++) {
            visits.add(Runs.loaded("load", user, 0, 400));
        }
        assertThat(Verdict.judge(run(visits), List.of(LCP)).exitCode()).isZero();

        visits.add(Runs.ended("load", 9, new Outcome.TimedOut("spinner_gone")));

        Judgement judgement =
                Verdict.judge(run(visits), List.of(LCP)).judgements().get(0);
        assertThat(judgement.met()).isFalse();
        assertThat(judgement.found()).isEqualTo("none (n 10)");
    }

    @Test
    void a_visit_without_an_end_counts_as_slower_than_every_limit_and_as_not_loaded() {
        Run run = Run.of(
                Runs.info("load"),
                List.of(Runs.start("load", 1, 0), Runs.start("load", 2, 0)),
                List.of(Runs.loaded("load", 1, 0, 400)),
                false);

        Verdict verdict = Verdict.judge(run, List.of(LCP, LOADED));

        assertThat(verdict.judgements()).extracting(Judgement::found).containsExactly("none (n 2)", "50.0 % (n 2)");
    }

    @Test
    void an_interrupted_visit_says_nothing() {
        Run run = run(List.of(Runs.loaded("load", 1, 0, 400), Runs.ended("load", 2, new Outcome.Interrupted())));

        Verdict verdict = Verdict.judge(run, List.of(LCP, LOADED));

        assertThat(verdict.judgements()).extracting(Judgement::found).containsExactly("320 ms (n 1)", "100.0 % (n 1)");
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void a_milestone_that_happened_counts_though_the_visit_failed_later() {
        Threshold firstByte = new Threshold.Time("load", Milestone.FIRST_BYTE, 90, 1000);

        Verdict verdict = Verdict.judge(Runs.study(1, true), List.of(firstByte));

        assertThat(verdict.judgements().get(0).met()).isTrue();
        assertThat(verdict.judgements().get(0).n()).isEqualTo(200);
    }

    @Test
    void a_limit_of_a_step_is_judged_by_the_steps_that_were_begun_and_not_by_what_had_nothing_to_send() {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            visits.add(Runs.stepped("load", i, 0, 100 + i, i == 9 ? StepView.End.TIMED_OUT : StepView.End.DONE));
        }
        visits.add(Runs.ended("load", 10, new Outcome.Failed(Cause.REFUSED, "")));
        Threshold median = new Threshold.StepTime("load", "set_Guests", 50, 104.4);
        Threshold slowest = new Threshold.StepTime("load", "set_Guests", 95, 60_000);
        Threshold unchanged = new Threshold.StepTime("load", "set_City", 90, 1000);
        Threshold mistyped = new Threshold.StepTime("load", "set_Geusts", 90, 1000);

        Verdict verdict = Verdict.judge(run(visits), List.of(median, slowest, unchanged, mistyped));

        assertThat(verdict.judgements())
                .extracting(Judgement::found)
                .containsExactly("105 ms (n 10)", "none (n 10)", "no data", "no data");
        assertThat(verdict.judgements()).extracting(Judgement::met).containsOnly(false);
        assertThat(verdict.judgements())
                .extracting(Judgement::name)
                .contains("load: set Guests p50 <= 104 ms", "load: set City p90 <= 1000 ms");
        assertThat(Threshold.StepTime.wordOf("set Visitors at once (all)")).isEqualTo("set_Visitors_at_once__all_");
    }

    @Test
    void a_limit_that_is_just_reached_is_met() {
        Run run = run(List.of(Runs.loaded("load", 1, 0, 1000)));

        assertThat(Verdict.judge(run, List.of(new Threshold.Time("load", Milestone.LCP_MODEL, 90, 800)))
                        .exitCode())
                .isZero();
        assertThat(Verdict.judge(run, List.of(new Threshold.Time("load", Milestone.LCP_MODEL, 90, 799.9)))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void checks_are_met_from_95_in_100_on() {
        assertThat(Verdict.judge(run(failing(5)), List.of(LOADED)).exitCode()).isZero();
        assertThat(Verdict.judge(run(failing(6)), List.of(LOADED)).exitCode()).isEqualTo(1);
    }

    private static List<Visit> failing(int failed) {
        List<Visit> visits = new ArrayList<>();
        for (int user = 0; user < 100; user++) {
            visits.add(
                    user < failed
                            ? Runs.ended("load", user, new Outcome.Failed(Cause.REFUSED, ""))
                            : Runs.loaded("load", user, 0, 400));
        }
        return visits;
    }

    @Test
    void a_stopped_run_is_partial_and_never_good() {
        Run run = run(List.of(Runs.loaded("load", 1, 0, 400))).withInterrupted(true);

        Verdict verdict = Verdict.judge(run, List.of(LCP));

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.sentence())
                .isEqualTo(
                        "the run was stopped, so this is partial: the server met its limit, by too few visits to be sure;"
                                + " the run is sound");
    }

    @Test
    void a_run_without_limits_has_shown_nothing() {
        Verdict verdict = Verdict.judge(Runs.study(1, false), List.of());

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.sentence()).contains("nothing was shown");
    }

    /** Ten visits that all load could come from a server that fails one in four. */
    @Test
    void the_sentence_says_how_many_limits_were_met_by_too_few_visits() {
        assertThat(sentence(10))
                .isEqualTo("the server met all 4 limits, 4 of them by too few visits to be sure; the run is sound");
        assertThat(sentence(100)).isEqualTo("the server met all 4 limits; the run is sound");
    }

    private static String sentence(int visits) {
        List<Visit> loaded = IntStream.range(0, visits)
                .mapToObj(i -> Runs.loaded("load", 1 + i, 0, 300))
                .toList();
        return Verdict.judge(run(loaded), StudyThresholds.forScenarios(List.of("load")))
                .sentence();
    }

    @Test
    void the_sentence_names_the_first_misses() {
        Verdict verdict = Verdict.judge(run(List.of()), StudyThresholds.forScenarios(List.of("load")));

        assertThat(verdict.sentence())
                .isEqualTo("the server missed 4 of 4 limits (load: server responded >= 95 %, found no data;"
                        + " load: page loaded >= 95 %, found no data; load: FCP (model) p90 <= 1000 ms, found no data;"
                        + " and 1 more)");
    }

    @Test
    void the_study_has_four_limits_a_profile_and_over_all() {
        assertThat(StudyThresholds.forScenarios(List.of("single")))
                .extracting(Threshold::name)
                .containsExactly(
                        "single: server responded >= 95 %",
                        "single: page loaded >= 95 %",
                        "single: FCP (model) p90 <= 1000 ms",
                        "single: LCP (model) p90 <= 3000 ms");
        assertThat(StudyThresholds.forScenarios(List.of("single", "single_load", "load")))
                .extracting(Threshold::name)
                .hasSize(16)
                .doesNotHaveDuplicates()
                .contains("all: LCP (model) p90 <= 3000 ms");
    }

    @Test
    void nonsensical_limits_are_refused() {
        assertThatThrownBy(() -> new Threshold.Rate("load", Threshold.Check.PAGE_LOADED, 95))
                .hasMessageContaining("expected 0 to 1, found 95");
        assertThatThrownBy(() -> new Threshold.Time("load", Milestone.ACK, 90, 0))
                .hasMessageContaining("a limit of more than 0 ms");
    }

    @Test
    void a_segment_exists_where_both_its_ends_do() {
        double[] sample = Sample.between(Runs.study(1, true), Milestone.READY, Milestone.SPINNER_GONE);

        assertThat(sample).hasSize(211);
        assertThat(java.util.Arrays.stream(sample).filter(Double::isInfinite).count())
                .isEqualTo(20);
    }

    private static Run run(List<Visit> visits) {
        return Run.of(Runs.info("load"), visits.stream().map(Visit::start).toList(), visits, false)
                .withHealth(Runs.watched());
    }

    @ParameterizedTest
    @CsvSource({
        // visits, slow ones, met by the figure, answer of the interval
        "10, 0, true, UNDECIDED", // no upper end below 36
        "36, 0, true, MET",
        "100, 4, true, MET",
        "100, 9, true, UNDECIDED",
        "100, 12, false, UNDECIDED",
        "100, 30, false, MISSED"
    })
    void a_limit_within_the_interval_is_undecided(int n, int slow, boolean met, Judgement.Answer answer) {
        Judgement judgement = Verdict.judge(run(visits(n, slow, 400, 9000)), List.of(LCP))
                .judgements()
                .get(0);

        assertThat(judgement.met()).isEqualTo(met);
        assertThat(judgement.answer()).isEqualTo(answer);
    }

    @Test
    void a_strict_verdict_asks_for_the_interval_where_there_are_72_visits() {
        Run few = run(visits(71, 0, 400, 0));
        Run enough = run(visits(100, 9, 400, 9000));

        assertThat(Verdict.judge(few, List.of(LOADED), true).exitCode())
                .as("too few to ask")
                .isZero();
        assertThat(Verdict.judge(enough, List.of(LCP)).exitCode()).isZero();
        assertThat(Verdict.judge(enough, List.of(LCP), true).exitCode()).isEqualTo(1);
        assertThat(Verdict.judge(run(visits(100, 0, 400, 0)), List.of(LCP, LOADED), true)
                        .exitCode())
                .isZero();
    }

    @Test
    void the_baseline_is_no_part_of_all() {
        List<Visit> visits = new ArrayList<>(visits(20, 20, 0, 9000));
        visits.replaceAll(visit -> Runs.loaded(Run.BASELINE, visit.start().user(), 0, 9000));
        visits.add(Runs.loaded("load", 99, 0, 400));
        Threshold all = new Threshold.Time(Threshold.ALL, Milestone.LCP_MODEL, 90, 3000);

        assertThat(Verdict.judge(run(visits), List.of(all)).judgements().get(0).found())
                .isEqualTo("320 ms (n 1)");
    }

    private static List<Visit> visits(int n, int slow, double fastMs, double slowMs) {
        List<Visit> visits = new ArrayList<>();
        for (int user = 0; user < n; user++) {
            visits.add(Runs.loaded("load", user, 0, user < n - slow ? fastMs : slowMs));
        }
        return visits;
    }

    @ParameterizedTest
    @CsvSource({"99, 367, false", "99, 368, true", "95, 71, false", "95, 72, true", "100, 100000, false"})
    void a_strict_limit_needs_visits_enough_to_be_shown(int percent, int n, boolean enough) {
        Threshold share = new Threshold.Rate("load", Threshold.Check.PAGE_LOADED, percent / 100.0);

        assertThat(Verdict.judge(run(visits(n, 0, 400, 0)), List.of(share))
                        .judgements()
                        .get(0)
                        .enough())
                .isEqualTo(enough);
    }
}
