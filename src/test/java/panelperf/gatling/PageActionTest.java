package panelperf.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatling.app.Gatling$;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.Step;
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

        assertThat(PagesSimulation.ENDED).hasSameSizeAs(PagesSimulation.STARTED);
        assertThat(PagesSimulation.STARTED.stream()
                        .filter(start ->
                                List.of("good", "bad", "nowhere", "after").contains(start.scenario())))
                .hasSize(10);
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
        assertSteps();
    }

    private static void assertSteps() {
        assertThat(steps("/app"))
                .containsExactly(
                        new Step.Think(Duration.ofSeconds(2)),
                        new Step.Change("Guests", "", 7, Duration.ofMillis(500)),
                        new Step.Change("City", "", "to Rome", null),
                        new Step.Change("Smoking", "", true, null),
                        new Step.Change("pages", "active", 1, null),
                        new Step.Change("Rooms", "", 3, null),
                        new Step.Click("Refresh", Duration.ofSeconds(1)));
        assertThat(urls()).as("milestones of the visit before").contains("/saved?gone=70.0&load=70.0");
        assertThat(urls())
                .as("exitHereIfFailed after a step that timed out")
                .contains("/stuck")
                .doesNotContain("/unreached");
        assertThat(steps("/drawn"))
                .singleElement()
                .satisfies(step ->
                        assertThat(((Step.Think) step).time()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5)));
        assertThat(PagesSimulation.ENDED.stream()
                        .filter(visit -> visit.start().scenario().equals("valueless"))
                        .map(visit -> visit.view().outcome()))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(((Outcome.Failed) outcome).detail()).contains("nobody"));
    }

    private static List<Step> steps(String path) {
        return PagesSimulation.BROWSER.opened.stream()
                .filter(request ->
                        request.url().getPath().equals(path) && !request.steps().isEmpty())
                .findFirst()
                .orElseThrow()
                .steps();
    }

    private static List<String> urls() {
        return PagesSimulation.BROWSER.opened.stream()
                .map(request -> request.url().getPath()
                        + (request.url().getQuery() == null
                                ? ""
                                : "?" + request.url().getQuery()))
                .toList();
    }

    @Test
    void waiting_needs_a_step_that_does_something() {
        assertThatThrownBy(() -> PanelDsl.page("p")
                        .open("/")
                        .think(Duration.ofSeconds(1))
                        .waitUntilIdle())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("waitUntilIdle of the page p: expected a set or click just before it, found a think; a page"
                        + " is loaded, and idle, before its first step");
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
