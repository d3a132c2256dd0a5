package panelperf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.run.RecordedSession;
import panelperf.run.Run;
import panelperf.run.Runs;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Cause;
import panelperf.visit.Loaders;
import panelperf.visit.Outcome;
import panelperf.visit.StepView;
import panelperf.visit.Visit;
import panelperf.visit.VisitStart;

@Timeout(30)
final class JournalTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    /** A phase that was cut off may notice only after the end. */
    @Test
    void what_comes_after_the_end_does_not_undo_it() throws IOException {
        try (Journal journal = open()) {
            journal.finish(true, "stopped", 1);
            journal.describe(Runs.study(7, true).info());
            journal.finish(false, "good", 0);
        }

        assertThat(Files.readString(directory.resolve(Journal.RUN)))
                .contains("\"state\" : \"interrupted\"", "\"exitCode\" : 1")
                .doesNotContain("good");
    }

    @Test
    void what_was_written_is_read_back() throws IOException {
        Run run = Runs.study(7, true);
        try (Journal journal = open()) {
            run.visits().forEach(visit -> {
                journal.started(visit.start());
                journal.ended(visit);
            });
            journal.finish(false, "good", 0);
            assertThat(journal.failure()).isEmpty();
        }

        JournalReader.Reading reading = JournalReader.read(directory);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.run().info()).isEqualTo(run.info());
        assertThat(reading.run().interrupted()).isFalse();
        assertThat(reading.run().counts()).isEqualTo(run.counts());
        assertThat(reading.run().visits().stream().map(visit -> visit.view().outcome()))
                .containsExactlyElementsOf(run.visits().stream()
                        .map(visit -> visit.view().outcome())
                        .toList());
        Visit first = reading.run().visits().get(0);
        assertThat(first.view().milestones().millis())
                .allSatisfy((milestone, ms) -> assertThat(ms)
                        .isCloseTo(
                                run.visits()
                                        .get(0)
                                        .view()
                                        .milestones()
                                        .at(milestone)
                                        .orElseThrow(),
                                org.assertj.core.api.Assertions.within(0.0006)))
                .hasSize(10);
    }

    @Test
    void what_the_server_told_of_its_sessions_is_read_back() throws IOException {
        List<RecordedSession> told = Runs.sessions(Runs.study(7, false));
        try (Journal journal = open()) {
            journal.sessions(told);
        }

        JournalReader.Reading reading = JournalReader.read(directory);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.run().sessions()).isEqualTo(told);
        String line = Files.readAllLines(directory.resolve("sessions.ndjson")).get(0);
        assertThat(line)
                .contains("\"source\":\"admin_page\"", "\"visit\":{\"scenario\":\"single\"", "\"createdMs\":")
                .doesNotContain("renderedMs");
    }

    @Test
    void a_run_that_was_told_nothing_has_no_file_of_sessions() throws IOException {
        try (Journal journal = open()) {
            journal.finish(false, "good", 0);
        }

        assertThat(directory.resolve("sessions.ndjson")).doesNotExist();
        assertThat(JournalReader.read(directory).run().sessions()).isEmpty();
    }

    @Test
    void a_line_is_in_the_file_before_the_call_returns() throws IOException {
        try (Journal journal = open()) {
            journal.started(Runs.start("load", 1, 0));

            assertThat(lines()).hasSize(1);
            assertThat(Files.readString(directory.resolve("run.json"))).contains("\"state\" : \"running\"");
        }
    }

    @Test
    void a_line_carries_units_in_its_names_and_leaves_out_what_did_not_happen() throws IOException {
        try (Journal journal = open()) {
            journal.ended(Runs.ended("load", 3, new Outcome.Failed(Cause.RESET, "broken pipe")));
        }

        JsonNode line = new ObjectMapper().readTree(lines().get(0));
        assertThat(line.path("v").asInt()).isEqualTo(1);
        assertThat(line.path("event").asText()).isEqualTo("end");
        assertThat(line.path("outcome").asText()).isEqualTo("failed");
        assertThat(line.path("cause").asText()).isEqualTo("reset");
        assertThat(line.path("milestonesMs").size()).isZero();
        assertThat(line.path("endMs").asDouble())
                .isEqualTo(line.path("intendedStartMs").asDouble()
                        + line.path("durationMs").asDouble());
        assertThat(line.path("checks").path("page_loaded").asBoolean(true)).isFalse();
    }

    @Test
    void steps_are_written_where_there_were_some_and_read_back() throws IOException {
        Visit stepped = Runs.stepped("load", 4, 0, 125.25, StepView.End.DONE);
        Visit stuck = Runs.stepped("load", 5, 0, 60_000, StepView.End.TIMED_OUT);
        try (Journal journal = open()) {
            journal.ended(stepped);
            journal.ended(stuck);
            journal.ended(Runs.loaded("load", 6, 0, 400));
        }

        JsonNode line = new ObjectMapper().readTree(lines().get(0));
        assertThat(line.path("loadMs").asDouble()).isEqualTo(400);
        assertThat(lines().get(0))
                .contains("\"steps\":[{\"name\":\"set Guests\",\"startMs\":2400.000,\"durationMs\":125.250,"
                        + "\"outcome\":\"done\"},");
        assertThat(lines().get(2)).doesNotContain("steps", "loadMs");
        List<Visit> read = JournalReader.read(directory).run().visits();
        assertThat(read.get(0).view().steps()).isEqualTo(stepped.view().steps());
        assertThat(read.get(0).view().loadMs()).isEqualTo(400);
        assertThat(read.get(1).view().steps()).isEqualTo(stuck.view().steps());
        assertThat(read.get(1).view().outcome()).isEqualTo(new Outcome.TimedOut("set Guests: answer"));
        assertThat(read.get(2).view().steps()).isEmpty();
        assertThat(read.get(2).view().loadMs()).isEqualTo(400);
    }

    @Test
    void a_killed_injectors_torn_line_is_named_and_the_rest_is_read() throws IOException {
        try (Journal journal = open()) {
            journal.started(Runs.start("load", 1, 0));
            journal.ended(Runs.loaded("load", 1, 0, 400));
            journal.started(Runs.start("load", 1, 1));
        }
        Files.writeString(
                directory.resolve("visits.ndjson"), "{\"v\":1,\"event\":\"end\",\"scen", StandardOpenOption.APPEND);

        JournalReader.Reading reading = JournalReader.read(directory);

        assertThat(reading.warnings())
                .containsExactly("visits.ndjson line 4 is torn and was left out: the injector was killed");
        assertThat(reading.run().counts().loaded()).isEqualTo(1);
        assertThat(reading.run().counts().unfinished()).isEqualTo(1);
        assertThat(reading.run().interrupted()).as("a run without an end").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    oops                                             | expected a JSON object, found 'oops'
                    {"v":1,"event":"begin"}                          | expected the event start or end, found "begin"
                    {"v":1,"event":"start","scenario":"load"}        | expected a number 'user'
                    {"v":1,"event":"start","user":1,"iteration":0}   | expected a text 'scenario'
                    """)
    void a_line_that_cannot_be_read_is_named_and_the_rest_is_read(String bad, String warning) throws IOException {
        try (Journal journal = open()) {
            journal.started(Runs.start("load", 1, 0));
        }
        Files.writeString(directory.resolve("visits.ndjson"), bad + "\n", StandardOpenOption.APPEND);
        Files.writeString(directory.resolve("visits.ndjson"), lines().get(0) + "\n", StandardOpenOption.APPEND);

        JournalReader.Reading reading = JournalReader.read(directory);

        assertThat(reading.warnings()).hasSize(1);
        assertThat(reading.warnings().get(0))
                .startsWith("visits.ndjson line 2 was left out: ")
                .contains(warning);
        assertThat(reading.run().counts().started()).isEqualTo(2);
    }

    @Test
    void unknown_fields_are_ignored_and_a_later_version_is_refused() throws IOException {
        try (Journal journal = open()) {
            journal.started(Runs.start("load", 1, 0));
        }
        Path visits = directory.resolve("visits.ndjson");
        String line = lines().get(0);
        Files.writeString(visits, line.replace("\"v\":1,", "\"v\":1,\"weather\":\"fine\",") + "\n");
        assertThat(JournalReader.read(directory).run().counts().started()).isEqualTo(1);

        Files.writeString(visits, line.replace("\"v\":1,", "\"v\":2,") + "\n");

        assertThatThrownBy(() -> JournalReader.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessage("visits.ndjson: expected version 1, found 2; read it with the release that wrote it");
    }

    @Test
    void a_directory_without_a_run_is_named() {
        assertThatThrownBy(() -> JournalReader.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a run's directory with run.json, found none at");
    }

    @Test
    void lines_of_many_threads_do_not_mix() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Journal journal = open()) {
            List<Future<?>> all = new ArrayList<>();
            for (int user = 0; user < 8; user++) {
                int who = user;
                all.add(threads.submit(
                        () -> IntStream.range(0, 250).forEach(i -> journal.ended(Runs.loaded("load", who, i, 400)))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        JournalReader.Reading reading = JournalReader.read(directory);

        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.run().counts().loaded()).isEqualTo(2000);
    }

    @Test
    void a_full_disk_is_said_once_and_remembered() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full here");
        Files.createSymbolicLink(directory.resolve("visits.ndjson"), full);
        try (Journal journal = open()) {
            journal.started(Runs.start("load", 1, 0));
            journal.started(Runs.start("load", 2, 0));

            assertThat(journal.failure()).isPresent();
            assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                    .hasSize(1)
                    .allMatch(line -> line.contains("cannot be written") && line.contains("free the disk"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://ada:pw@host/app, http://REDACTED@host/app",
        "http://host/app?u=7&access_token=abc&x=1, http://host/app?u=7&access_token=REDACTED&x=1",
        "http://host/?Password=a#top, http://host/?Password=REDACTED#top",
        "http://host/?bokeh-session-id=abc, http://host/?bokeh-session-id=REDACTED",
        "http://host/app?page=2, http://host/app?page=2",
    })
    void secrets_in_urls_are_not_written_down(String url, String written) throws IOException {
        try (Journal journal = open()) {
            journal.started(new VisitStart("load", 1, 0, URI.create(url), 0));
        }

        assertThat(new ObjectMapper().readTree(lines().get(0)).path("url").asText())
                .isEqualTo(written);
    }

    @Test
    void what_the_canary_saw_is_read_back_and_counted_nowhere() throws IOException {
        CanaryVisit loaded = new CanaryVisit(
                1_795_000_000_000.5,
                812.25,
                new Outcome.Loaded(),
                Map.of(BrowserMilestone.FCP, 380.5, BrowserMilestone.SPINNER_GONE, 512.125),
                new Loaders(2, 0),
                "Chromium 156.0.8078.108",
                "ChromeDriver 156.0.8078.108");
        CanaryVisit late = new CanaryVisit(
                1_795_000_005_000.0,
                60_000,
                new Outcome.TimedOut("spinner_gone"),
                Map.of(),
                new Loaders(2, 1),
                "Chromium 156.0.8078.108",
                "ChromeDriver 156.0.8078.108");
        try (Journal journal = open()) {
            journal.canary(loaded);
            assertThat(Files.readAllLines(directory.resolve(Journal.CANARY)))
                    .as("written as it happens")
                    .hasSize(1);
            journal.canary(late);
        }

        Run read = JournalReader.read(directory).run();

        assertThat(read.canary()).containsExactly(loaded, late);
        assertThat(read.counts().started()).isZero();
    }

    @Test
    void a_run_without_a_canary_has_no_file_of_it() throws IOException {
        open().close();

        assertThat(directory.resolve(Journal.CANARY)).doesNotExist();
        assertThat(JournalReader.read(directory).run().canary()).isEmpty();
    }

    private Journal open() throws IOException {
        return Journal.open(
                directory, Runs.study(7, true).info(), new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("visits.ndjson"));
    }
}
