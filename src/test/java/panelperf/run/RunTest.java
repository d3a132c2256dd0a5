package panelperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.Visit;

final class RunTest {
    @Test
    void every_started_visit_is_counted_in_exactly_one_way() {
        Visit loaded = Runs.loaded("load", 1, 0, 400);
        Visit failed = Runs.ended("load", 2, new Outcome.Failed(Cause.REFUSED, ""));
        Visit late = Runs.ended("load", 3, new Outcome.TimedOut("pulled"));
        Visit stopped = Runs.ended("single", 4, new Outcome.Interrupted());
        Run run = Run.of(
                Runs.info("single", "load"),
                List.of(loaded.start(), failed.start(), late.start(), stopped.start(), Runs.start("load", 5, 0)),
                List.of(loaded, failed, late, stopped),
                false);

        assertThat(run.counts()).isEqualTo(new Counts(5, 1, 1, 1, 1, 1));
        assertThat(run.counts().judged()).isEqualTo(4);
        assertThat(run.of("single").counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        assertThat(run.judgedVisits()).containsExactly(loaded, failed, late);
        assertThat(run.unfinished()).containsExactly(Runs.start("load", 5, 0));
    }

    @Test
    void the_same_user_may_come_again() {
        Run run = Run.of(
                Runs.info("load"),
                List.of(Runs.start("load", 1, 0), Runs.start("load", 1, 1)),
                List.of(Runs.loaded("load", 1, 0, 400)),
                false);

        assertThat(run.unfinished()).containsExactly(Runs.start("load", 1, 1));
    }

    @Test
    void causes_come_most_frequent_first_with_an_example() {
        Visit first = Runs.ended("load", 1, new Outcome.Failed(Cause.RESET, "one"));
        Run run = Run.of(
                Runs.info("load"),
                List.of(),
                List.of(
                        first,
                        Runs.ended("load", 2, new Outcome.TimedOut("pulled")),
                        Runs.ended("load", 3, new Outcome.Failed(Cause.RESET, "two")),
                        Runs.ended("load", 4, new Outcome.Interrupted())),
                false);

        assertThat(run.causes()).extracting(Run.CauseCount::cause).containsExactly("reset", "deadline");
        assertThat(run.causes().get(0)).isEqualTo(new Run.CauseCount("reset", 2, first));
    }

    @Test
    void counts_that_do_not_add_up_are_refused() {
        assertThatThrownBy(() -> new Counts(3, 1, 0, 0, 0, 1))
                .hasMessageContaining(
                        "expected started = loaded + failed + timed out + interrupted + unfinished, found 3 and 2");
    }
}
