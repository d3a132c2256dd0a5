package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.visit.Loaders;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/** A user's steps in the engine, before servers that answer them, or do one thing wrong. */
@Timeout(120)
final class StepsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Step MOVE = new Step.Change("Guests", "", "7", Duration.ofMillis(100));

    @Test
    void a_visit_lasts_until_its_last_step_is_done_and_its_milestones_are_those_of_the_load() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.STEP_ANSWERED);
                PageBrowser browser = Visiting.browser()) {
            Step back = new Step.Change("Guests", "", 4, null);
            PageView view = Visiting.open(
                    browser, server.url(), LONG, new Step.Think(Duration.ofMillis(300)), MOVE, back, back);

            assertThat(view.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(view.steps().stream().map(StepView::name))
                    .containsExactly("set Guests", "set Guests", "set Guests");
            assertThat(view.steps().stream().map(StepView::end))
                    .as("the last finds the slider where the one before has put it")
                    .containsExactly(StepView.End.DONE, StepView.End.DONE, StepView.End.UNCHANGED);
            StepView first = view.steps().get(0);
            assertThat(first.startMs()).isGreaterThanOrEqualTo(view.loadMs() + 299);
            assertThat(view.durationMs())
                    .as("the quiet time is a part of the visit, and not of the step")
                    .isGreaterThan(first.startMs() + first.durationMs() + 99);
            assertThat(view.loaders())
                    .as("those of the load: the body and the root")
                    .isEqualTo(new Loaders(2, 0));
            assertThat(view.milestones().millis().values())
                    .allSatisfy(ms -> assertThat(ms).isLessThanOrEqualTo(view.loadMs()));
            untilClosed(server);
        }
    }

    /** The browser tells of the end first, and closes the socket at the same time. */
    private static void untilClosed(FaultyServer server) {
        for (int i = 0; i < 2000 && server.cleanCloses.get() == 0; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(server.cleanCloses).as("websockets closed with 1000").hasValue(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            STEP_SILENT       | timed_out |             | set Guests: answer
            STEP_LOADER_STAYS | timed_out |             | set Guests: spinner_gone
            STEP_IN_VAIN      | timed_out |             | set Guests: change
            STEP_ERROR        | failed    | bokeh_error | set Guests: ValueError('too many guests')
            STEP_CLOSES       | failed    | ws_closed   | set Guests: code 1011
            """)
    void a_step_that_is_not_done_ends_the_visit_and_is_named(
            Fault fault, String word, @Nullable String cause, String detail) throws Exception {
        try (FaultyServer server = new FaultyServer(fault);
                PageBrowser browser = Visiting.browser()) {
            Step never = new Step.Click("Guests", null);
            PageView view = Visiting.begin(browser, server.url(), SHORT, MOVE, never)
                    .get(2 * SHORT.toMillis() + 10_000, TimeUnit.MILLISECONDS);

            assertThat(view.outcome())
                    .isEqualTo(cause == null ? new Outcome.TimedOut(detail) : new Outcome.Failed(cause, detail));
            assertThat(view.steps()).hasSize(1);
            assertThat(view.steps().get(0).end().word()).isEqualTo(word);
            assertThat(view.durationMs())
                    .isGreaterThanOrEqualTo(view.loadMs() + view.steps().get(0).durationMs() - 1);
            assertThat(browser.visitsUnderWay()).isZero();
        }
    }

    @Test
    void a_step_that_names_no_model_or_a_value_that_no_user_could_set_fails_and_says_what_there_is() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.STEP_ANSWERED);
                PageBrowser browser = Visiting.browser()) {
            List<CompletableFuture<PageView>> visits = List.of(
                    Visiting.begin(browser, server.url(), LONG, new Step.Change("Gests", "", 7, null)),
                    Visiting.begin(browser, server.url(), LONG, new Step.Change("Guests", "", "13", null)),
                    Visiting.begin(browser, server.url(), LONG, new Step.Click("Guests", null)));

            assertThat(visits.stream().map(visit -> visit.join().outcome()))
                    .containsExactly(
                            new Outcome.Failed(
                                    "no_such_model",
                                    "set Gests: expected a model whose name, title or label is 'Gests', found none;"
                                            + " its widgets are 'Guests'"),
                            new Outcome.Failed("cannot_set", "set Guests: expected 1 to 12, found 13"),
                            new Outcome.Failed("cannot_set", "click Guests: nobody clicks a Slider"));
        }
    }

    @Test
    void a_user_who_thinks_is_interrupted_at_once_and_leaves_nothing_open() throws Exception {
        try (FaultyServer server = new FaultyServer(Fault.STEP_ANSWERED);
                PageBrowser browser = Visiting.browser()) {
            CompletableFuture<PageView> visit =
                    Visiting.begin(browser, server.url(), LONG, MOVE, new Step.Think(Duration.ofHours(1)), MOVE);
            while (server.stepsAnswered.get() < 1) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }

            browser.interrupt();

            PageView view = visit.get(10, TimeUnit.SECONDS);
            assertThat(view.outcome()).isEqualTo(new Outcome.Interrupted());
            assertThat(view.loadMs()).isLessThan(view.durationMs());
            untilClosed(server);
        }
    }
}
