package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.RealParts;

/** Every way in which a run can end: its exit code, its journal, and that its target ends with it. */
@Tag("process")
@Timeout(180)
@Tag("slow") // minutes, most of them waits; once is enough
final class EndingsTest {
    private static final String LONG = LongSimulation.class.getName();
    private static final String[] LONG_LOAD = {"port=0", "users=2", "duration=60s", "warmup=off", "pacing=off"};

    @TempDir
    Path directory;

    /** On a machine that others use too, a run may be INVALID; its exit code has to say so as well. */
    @Test
    void a_run_that_meets_its_limits_ends_with_its_verdicts_exit_code_and_its_target_with_it() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(
                directory,
                "LoadSimulation",
                "port=0",
                "users=2",
                "duration=2s",
                "warmup=off",
                "unusedLifetime=5s",
                "checkPeriod=500ms",
                "threshold.fcp_model.p90=60s",
                "threshold.lcp_model.p90=60s")) {
            run.untilVisitsEnded(1);

            int exitCode = run.exitCode();
            run.untilChildrenAreGone();
            boolean sound = !run.console().contains("INVALID");
            assertThat(run.console())
                    .contains(
                            "baseline   20 visits by one user",
                            "settle     no session lives, after",
                            "drain      no session lives, after",
                            "joined to one by its id",
                            sound ? "the server met all 16 limits, " : "there is no verdict");
            assertThat(exitCode).isEqualTo(sound ? 0 : 2);
            assertThat(Files.readString(run.run().resolve("run.json"))).contains("\"exitCode\" : " + (sound ? 0 : 1));
            assertThat(Files.readString(run.run().resolve("health.ndjson"))).contains("\"targetCpuMs\":");
        }
    }

    @Test
    void a_dashboard_in_use_is_reported_with_what_its_users_did() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(
                directory,
                "DashboardSimulation",
                "port=0",
                "users=10",
                "duration=1s",
                "warmup=off",
                "baseline=off",
                "drain=off",
                "pacing=off")) {
            int exitCode = run.exitCode();

            assertThat(run.console()).contains("regulars / set Visitors at once", "passers_by / set Visitors at once");
            assertThat(Files.readString(run.run().resolve("visits.ndjson")))
                    .contains("\"name\":\"set Visitors at once\"", "\"outcome\":\"done\"")
                    .doesNotContain("\"failed\"", "\"timed_out\"");
            assertThat(exitCode).isEqualTo(run.console().contains("INVALID") ? 2 : 0);
        }
    }

    @Test
    void an_injector_whose_cpu_is_taken_away_is_invalid() throws Exception {
        try (GatlingProcess run =
                GatlingProcess.start(directory, LONG, "port=0", "users=2", "duration=4s", "warmup=off", "drain=off")) {
            run.untilVisitsEnded(2).starve();

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.console())
                    .contains("the run is INVALID, so there is no verdict", "the injector stood still");
        }
    }

    @Test
    void a_run_that_misses_a_limit_does_not_end_with_0() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(
                directory, "SingleSimulation", "port=0", "warmup=off", "timeout=1ms", "pacing=off")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.console()).contains("cause     deadline 1", "✗ single: page loaded >= 95 %");
        }
    }

    @Test
    void ctrl_c_interrupts_visits_under_way_and_ends_the_target() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(directory, LONG, LONG_LOAD)) {
            run.untilVisitsEnded(20).killAll("INT");

            assertThat(run.exitCode()).isEqualTo(130);
            run.untilChildrenAreGone();
            assertInterrupted(run);
        }
    }

    /** What was measured until then is reported as a part, once, and by nobody else's stack trace. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    preflight | LoadSimulation  | preflight  asking    | warmup=off unusedLifetime=5s
                    warm-up   | LoadSimulation  | warm-up    visits    | warmup=on
                    baseline  | LoadSimulation  | baseline   20 visits | warmup=off unusedLifetime=5s
                    settle    | LoadSimulation  | settle     waiting   | warmup=off unusedLifetime=60s
                    profiles  | LoadSimulation  | profiles   single    | warmup=off unusedLifetime=5s
                    drain     | BriefSimulation | drain      waiting   | warmup=off unusedLifetime=60s baseline=off
                    """)
    void ctrl_c_ends_every_phase_with_a_partial_report(String phase, String simulation, String begun, String options)
            throws Exception {
        String name = simulation.equals("BriefSimulation") ? BriefSimulation.class.getName() : simulation;
        String settings = "port=0 users=2 checkPeriod=500ms " + options;
        try (GatlingProcess run = GatlingProcess.start(directory, name, settings.split(" ", -1))) {
            run.untilConsole(begun).killAll("INT");

            assertStopped(run);
        }
    }

    /** The terminal tells all at once, and the child may hear it first: it must not look like a target that failed. */
    @Test
    void a_target_of_the_warm_up_that_hears_ctrl_c_before_its_run_does_not_end_it() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(directory, "LoadSimulation", "port=0", "users=2")) {
            run.untilConsole("warm-up    visits").untilChildren(2);
            run.killChildren("INT");
            run.untilConsole("warm-up    visits to a target of our own, until CPU a visit settles\nwarm-up    ")
                    .killAll("INT");

            assertStopped(run);
        }
    }

    private static void assertStopped(GatlingProcess run) throws Exception {
        assertThat(run.exitCode()).isEqualTo(130);
        run.untilChildrenAreGone();
        assertThat(run.console())
                .contains("unfinished 0")
                .containsOnlyOnce("the run was stopped, so this is partial: ")
                .doesNotContain("Exception", "crashed", "StudyStopped");
        assertThat(Files.readString(run.run().resolve("run.json"))).contains("\"state\" : \"interrupted\"");
    }

    @Test
    void sigterm_interrupts_visits_under_way_and_ends_the_target() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(directory, LONG, LONG_LOAD)) {
            run.untilVisitsEnded(20).kill("TERM");

            assertThat(run.exitCode()).isEqualTo(143);
            run.untilChildrenAreGone();
            assertInterrupted(run);
        }
    }

    @Test
    void a_killed_injector_leaves_its_finished_visits_and_no_target() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(directory, LONG, LONG_LOAD)) {
            run.untilVisitsEnded(20).kill("KILL");

            assertThat(run.exitCode()).isEqualTo(137);
            run.untilChildrenAreGone();
            assertThat(Files.readString(run.run().resolve("visits.ndjson"))
                            .lines()
                            .filter(l -> l.contains("\"loaded\"")))
                    .hasSizeGreaterThanOrEqualTo(20);
        }
    }

    /** The canary's browser is a dozen processes, none of which may stay. */
    @Tag("real")
    @ParameterizedTest(name = "{0}")
    @CsvSource({"INT, 130", "KILL, 137"})
    void a_stopped_run_leaves_nothing_of_its_canary(String signal, int exitCode) throws Exception {
        RealParts.chromiumAndDriver();
        try (GatlingProcess run =
                GatlingProcess.start(directory, LONG, "port=0", "users=1", "duration=60s", "warmup=off", "canary=on")) {
            run.untilConsole("canary     ").untilCanaryVisitsEnded(1).untilChildren(8);
            if (signal.equals("INT")) {
                run.killAll(signal);
            } else {
                run.kill(signal);
            }

            assertThat(run.exitCode()).isEqualTo(exitCode);
            run.untilChildrenAreGone();
            assertThat(Files.readString(run.run().resolve("canary.ndjson"))).contains("\"outcome\":\"loaded\"");
        }
    }

    @Test
    void a_run_whose_maven_was_killed_ends_by_itself() throws Exception {
        try (GatlingProcess run = GatlingProcess.startUnderMaven(directory, LONG, LONG_LOAD)) {
            run.untilVisitsEnded(20).kill("KILL");

            run.untilChildrenAreGone();
            assertInterrupted(run);
        }
    }

    @Test
    void a_server_that_dies_in_mid_run_fails_the_visits_and_the_run() throws Exception {
        try (GatlingProcess run =
                GatlingProcess.start(directory, LONG, "port=0", "users=2", "duration=5s", "warmup=off", "pacing=off")) {
            run.untilVisitsEnded(20);
            run.children().forEach(ProcessHandle::destroyForcibly);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.console()).contains("refused", "✗ load: page loaded >= 95 %");
        }
    }

    @Test
    void a_closed_port_stops_the_run_before_the_load() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (GatlingProcess run = GatlingProcess.start(
                directory, "LoadSimulation", "baseUrl=http://localhost:" + closed + "/", "warmup=off")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.console())
                    .contains("connection refused; start the server")
                    .doesNotContain("Exception", "crashed");
            assertThat(Files.readString(run.run().resolve("run.json")))
                    .contains("connection refused; start the server", "\"exitCode\" : 1");
        }
    }

    @Test
    void a_secret_in_the_address_is_written_nowhere() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        String address = "baseUrl=http://user:hunter2@localhost:" + closed + "/app?token=hunter2";
        try (GatlingProcess run = GatlingProcess.start(directory, "SingleSimulation", address, "warmup=off")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.console()).contains("REDACTED").doesNotContain("hunter2");
            assertThat(Files.readString(run.run().resolve("run.json"))).doesNotContain("hunter2");
        }
    }

    @Test
    void a_bad_option_stops_the_run_before_anything_starts() throws Exception {
        try (GatlingProcess run = GatlingProcess.start(directory, "SingleSimulation", "users=none")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.console())
                    .isEqualTo(
                            "option users: expected a whole number from 1 to 100000, found 'none'; start again with a"
                                    + " valid -Dusers\n");
        }
    }

    private static void assertInterrupted(GatlingProcess run) throws IOException {
        String visits = Files.readString(run.run().resolve("visits.ndjson"));
        assertThat(visits).as("visits under way say nothing about the server").doesNotContain("\"failed\"");
        assertThat(visits).contains("\"interrupted\"");
        assertThat(Files.readString(run.run().resolve("run.json"))).doesNotContain("\"exitCode\" : 0");
        assertThat(run.console()).contains("unfinished 0");
    }
}
