package panelperf.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.bokeh.Models;
import panelperf.study.TargetKnobs;
import panelperf.target.App;

/** The command line as a process of its own: what it prints, its exit code, how it ends. */
@Tag("process")
@Timeout(120)
final class MainTest {
    private static final Pattern READY = Pattern.compile("target at http://localhost:(\\d+)/");

    @Test
    void it_serves_until_it_is_told_to_end() throws Exception {
        Process target = start(List.of(), "--port", "0");
        try (BufferedReader out = out(target)) {
            int port = port(out);
            assertThat(status("http://localhost:" + port + "/")).isEqualTo(200);

            target.toHandle().destroy(); // SIGTERM

            assertThat(target.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isEqualTo("stopped");
        } finally {
            target.destroyForcibly();
        }
    }

    @Test
    void a_child_ends_when_its_standard_input_does() throws Exception {
        Process target = start(List.of(), "serve", "--port", "0", "--until-stdin-closes");
        try (BufferedReader out = out(target)) {
            port(out);

            target.getOutputStream().close();

            assertThat(target.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(target.exitValue()).isZero();
        } finally {
            target.destroyForcibly();
        }
    }

    @Test
    void a_property_is_an_options_default_and_an_argument_wins() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String property = "-Dport=" + busy.getLocalPort();

            Ended byProperty = run(List.of(property));
            assertThat(byProperty.code()).isEqualTo(1);
            assertThat(byProperty.printed()).contains("port " + busy.getLocalPort());

            Process target = start(List.of(property), "--port", "0");
            try (BufferedReader out = out(target)) {
                assertThat(port(out)).isNotEqualTo(busy.getLocalPort());
            } finally {
                target.destroy();
                target.waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void a_busy_port_is_one_sentence_and_exit_1() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = run(List.of(), "--port", Integer.toString(busy.getLocalPort()));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.printed().lines())
                    .containsExactly("cannot listen on port " + busy.getLocalPort()
                            + " of localhost: something else listens there; stop it, or choose another port with --port"
                            + " (0 takes any that is free)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port=x            | is not an int | --port
            --port=70000        | expected 0 to 65535, found 70000 | port
            --render-time=fast  | expected a time such as 90ms, a range such as 75ms..100ms, or a median and a ninetieth percentile such as 90ms~120ms, found | --render-time
            --render-threads=0  | expected 1 to 1024, found 0 | render threads
            --token-life=10ms   | expected 1000 ms to 365 days, found 10 ms | token life
            --app=com.example.None   | which the class path does not have | expected hello, dashboard or the name of a class
            --app=java.lang.String   | found 'java.lang.String', which does not | implements panelperf.target.App
            --app=panelperf.app.MainTest$Closed | give it a public constructor without parameters | MainTest$Closed
            --app=panelperf.app.MainTest$Broken | threw java.lang.IllegalStateException: no database | MainTest$Broken
            --bokehjs=src       | expected a file of BokehJS 3.3, found none | bokeh/server/static/js
            --no-such-option    | Unknown option | --no-such-option
            nonsense            | nonsense | --help
            """)
    void a_bad_argument_is_one_line_that_says_what_was_expected(String argument, String expected, String names)
            throws Exception {
        Ended ended = run(List.of(), argument);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed().lines()).hasSize(1);
        assertThat(ended.printed()).contains(expected).contains(names);
    }

    @ParameterizedTest
    @CsvSource({"dashboard, Station dashboard", "panelperf.app.MainTest$Own, My own"})
    void an_app_is_served_by_its_name_or_its_class(String name, String title) throws Exception {
        Process target = start(List.of("-Dapp=" + name), "--port", "0");
        try (BufferedReader out = out(target)) {
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port(out) + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(page.body()).contains("<title>" + title + "</title>");
        } finally {
            target.destroy();
            target.waitFor(30, TimeUnit.SECONDS);
        }
    }

    /** An app as a user's. */
    public static final class Own implements App {
        @Override
        public Made make(Models models) {
            return new Made(models.document("My own"));
        }
    }

    /** An app that nobody can make. */
    static final class Closed implements App {
        private Closed() {}

        @Override
        public Made make(Models models) {
            return new Made(models.document("never"));
        }
    }

    /** An app that does not come to life. */
    public static final class Broken implements App {
        public Broken() {
            throw new IllegalStateException("no database");
        }

        @Override
        public Made make(Models models) {
            return new Made(models.document("never"));
        }
    }

    @Test
    void check_opens_a_page_and_says_whether_it_can_be_judged() throws Exception {
        Process target = start(List.of(), "--port", "0");
        try (BufferedReader out = out(target)) {
            Ended ended = run(List.of(), "check", "http://localhost:" + port(out) + "/");

            assertThat(ended.printed())
                    .contains(
                            "title     Panel Performance",
                            "template  none",
                            "roots     1: Column",
                            "models    Column 1, Div 1")
                    .endsWith("this page can be judged: it is loaded when its loaders have gone\n");
            assertThat(ended.code()).isZero();
        } finally {
            target.destroy();
            target.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void check_of_what_is_no_page_is_exit_1() throws Exception {
        assertThat(run(List.of(), "check", "localhost:5555").printed())
                .startsWith("expected an http or https URL such as http://localhost:5006/app, found 'localhost:5555'");
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Ended ended = run(List.of(), "check", "http://localhost:" + closed + "/");
        assertThat(ended.printed()).contains("this page cannot be judged: refused");
        assertThat(ended.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            localhost:5555         | 1          | expected an http or https URL such as http://localhost:5006/app, found
            https://localhost:5555 | 1          | page: expected an http URL such as http://localhost:5006/app, found
            http://localhost:5555  | 2147483000 | --pid: expected the server's process, found none with the id 2147483000
            """)
    void calibrate_preset_refuses_what_it_cannot_measure(String url, String pid, String expected) throws Exception {
        Ended ended = run(List.of(), "calibrate-preset", url, "--pid", pid, "--to", "target/no-preset.properties");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed().lines().filter(line -> !line.startsWith("this machine is busy")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(expected);
    }

    /** Whoever adds an option of the target has to say whether a run may set it. */
    @Test
    void a_run_may_set_every_option_that_says_how_the_target_behaves() {
        Set<String> others = Set.of(
                "port",
                "host",
                "allowOrigin",
                "acceptUnsignedTokens",
                "adminSecret",
                "untilStdinCloses",
                "help",
                "version");
        List<String> options = Objects.requireNonNull(
                        Main.commandLine(Preset.standard()).getSubcommands().get("serve"))
                .getCommandSpec()
                .options()
                .stream()
                .map(option -> PropertyDefaults.camelCase(option.longestName().substring(2)))
                .filter(name -> !others.contains(name))
                .toList();

        assertThat(options).containsExactlyInAnyOrderElementsOf(TargetKnobs.names());
    }

    @Test
    void help_lists_every_option_with_its_default() throws Exception {
        Ended ended = run(List.of(), "serve", "--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.printed())
                .contains(
                        "--port=N",
                        "(5555)",
                        "--render-time=TIME|SPREAD",
                        "--unused-lifetime",
                        "(15s)",
                        "--max-sessions")
                .doesNotContain("until-stdin-closes");
        assertThat(run(List.of(), "--help").printed()).contains("serve", "-Dport=5600");
        assertThat(run(List.of(), "--version").printed()).startsWith("panel-performance ");
    }

    private record Ended(int code, String printed) {}

    private static Ended run(List<String> jvm, String... arguments) throws Exception {
        Process process = start(jvm, arguments);
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), printed);
    }

    private static Process start(List<String> jvm, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvm);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader out(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int port(BufferedReader out) throws IOException {
        String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        assertThat(ready.find()).as("first line: %s", line).isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private static int status(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
