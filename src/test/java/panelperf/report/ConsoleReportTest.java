package panelperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.verdict.StudyThresholds;
import panelperf.verdict.Verdict;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Outcome;
import panelperf.visit.StepView;
import panelperf.visit.Visit;

/** The console, byte by byte; {@code -Dgolden.update=true} rewrites the files, which are then to be read. */
final class ConsoleReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private final Locale before = Locale.getDefault();

    static Stream<Arguments> runsInEveryLanguage() {
        return Stream.of(Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("ru-RU"))
                .flatMap(locale -> Stream.of(
                        Arguments.of(locale, "good", Runs.study(1, false)),
                        Arguments.of(locale, "faulty", Runs.study(1, true)),
                        Arguments.of(locale, "invalid", Runs.study(1, false).withHealth(List.of())),
                        Arguments.of(locale, "baseline", withBaseline()),
                        Arguments.of(locale, "steps", steps()),
                        Arguments.of(locale, "sessions", withSessions()),
                        Arguments.of(locale, "canary", withCanary()),
                        Arguments.of(locale, "empty", empty()),
                        Arguments.of(locale, "stopped", empty().withInterrupted(true)),
                        Arguments.of(locale, "interrupted", interrupted())));
    }

    private static Run withBaseline() {
        Run study = Runs.study(2, false);
        List<Visit> visits = new ArrayList<>(study.visits());
        for (int i = 0; i < 20; i++) {
            visits.add(Runs.loaded(Run.BASELINE, 999, i, 310 + 2 * i));
        }
        return Run.of(study.info(), visits.stream().map(Visit::start).toList(), visits, false)
                .withHealth(Runs.watched());
    }

    private static Run steps() {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean stuck = i == 20;
            visits.add(Runs.stepped(
                    "filter", 1, i, stuck ? 60_000 : 100 + 3 * i, stuck ? StepView.End.TIMED_OUT : StepView.End.DONE));
        }
        visits.add(Runs.loaded("glance", 2, 0, 330));
        return Run.of(
                        Runs.info("filter", "glance"),
                        visits.stream().map(Visit::start).toList(),
                        visits,
                        false)
                .withHealth(Runs.watched());
    }

    private static Run withSessions() {
        Run study = Runs.study(3, false);
        return study.withSessions(Runs.sessions(study));
    }

    /** A visit of the browser each second from the run's start, of which every eighth does not load. */
    private static Run withCanary() {
        Run study = Runs.study(1, true);
        List<CanaryVisit> canary = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            canary.add(AgreementTest.browser(
                    study.info().startedMs() + 1000.0 * i, i % 8 == 7 ? Double.POSITIVE_INFINITY : 1500 + 100 * i));
        }
        return study.withCanary(canary);
    }

    private static Run empty() {
        return Run.of(Runs.info("single", "single_load", "load"), List.of(), List.of(), false);
    }

    private static Run interrupted() {
        Visit loaded = Runs.loaded("single", 1, 0, 330);
        Visit stopped = Runs.ended("load", 2, new Outcome.Interrupted());
        return Run.of(
                        Runs.info("single", "single_load", "load"),
                        List.of(loaded.start(), stopped.start(), Runs.start("load", 3, 0)),
                        List.of(loaded, stopped),
                        true)
                .withHealth(Runs.watched());
    }

    @ParameterizedTest
    @MethodSource("runsInEveryLanguage")
    void the_report_is_the_golden_one_in_every_language(Locale locale, String name, Run run) throws IOException {
        Locale.setDefault(locale);

        String text = ConsoleReport.render(
                run,
                Verdict.judge(run, StudyThresholds.forScenarios(run.info().scenarios())),
                new ConsoleReport.Extra(List.of("target/panel-performance/load-1"), List.of(), Palette.PLAIN));

        Path golden = GOLDEN.resolve("console-" + name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
    }

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(before);
    }
}
