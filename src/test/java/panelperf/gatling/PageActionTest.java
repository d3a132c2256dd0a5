package panelperf.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.app.Gatling$;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.VisitStart;

/** The action in a real Gatling, in this JVM, with a browser that answers by a script. */
@Timeout(60)
final class PageActionTest {
    @TempDir
    Path results;

    @Test
    void pages_become_requests_of_their_group_and_every_visit_is_told() {
        assertThat(run("PagesSimulation"))
                .as("exit code: all assertions of PagesSimulation hold")
                .isZero();

        assertThat(PagesSimulation.STARTED).hasSize(10);
        assertThat(PagesSimulation.ENDED).hasSize(10);
        assertThat(PagesSimulation.STARTED.stream()
                        .filter(start -> start.scenario().equals("good"))
                        .map(VisitStart::iteration))
                .containsExactlyInAnyOrder(0, 1, 2, 0, 1, 2);
        assertThat(PagesSimulation.STARTED.stream()
                        .filter(start -> start.scenario().equals("good"))
                        .map(start -> start.url().toString()))
                .containsOnly("http://localhost:1/app?u=ada");
        assertThat(PagesSimulation.ENDED.stream().map(visit -> visit.view().outcome()))
                .anyMatch(outcome -> outcome instanceof Outcome.Failed failed
                        && failed.cause().equals(Cause.ENGINE)
                        && failed.detail().contains("breaks the port's contract"));
        List<Double> badStarts = PagesSimulation.STARTED.stream()
                .filter(start -> start.scenario().equals("bad"))
                .map(VisitStart::intendedStartMs)
                .sorted()
                .toList();
        assertThat(badStarts.get(1) - badStarts.get(0))
                .as("ms from a visit that failed at once to its user's next")
                .isGreaterThan(990);
        assertThat(PagesSimulation.ASIDES)
                .as("asides that ran; the user went on after the one that failed")
                .hasValue(2);
        assertThat(PagesSimulation.BROWSER.closed)
                .as("Gatling's end closes the browser")
                .isTrue();
    }

    @Test
    void a_check_that_was_never_logged_fails_the_run() {
        assertThat(run("MissingChecksSimulation")).isEqualTo(2);
    }

    private int run(String simulation) {
        return Gatling$.MODULE$.fromArgs(
                new String[] {"-s", "panelperf.gatling." + simulation, "-rf", results.toString(), "-nr"});
    }
}
