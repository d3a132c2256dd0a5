package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.session.Work;
import panelperf.target.HelloApp;
import panelperf.target.Listening;
import panelperf.target.PageServer;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** Our own target, whose knobs are known, is measured as any server is: calibration has to give them back. */
@Timeout(300)
@Tag("slow") // minutes, most of them waits; once is enough
final class CalibrationTest {
    private static final Course QUICK = new Course(10, Duration.ofSeconds(6), false);
    private static final Duration NONE = Duration.ZERO;

    private final List<String> progress = new ArrayList<>();

    /** A server with the faults of Panel 1.3.8, made quicker. */
    @Test
    void the_knobs_of_a_server_that_blocks_are_found() throws Exception {
        Knobs knobs = Knobs.standard()
                .with(new Knobs.Expiry(Duration.ofSeconds(4), Duration.ofMillis(1_500), Knobs.CleanUp.BLOCKS))
                .with(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("50ms")))
                .with(new Knobs.Rendering(Spread.parse("30ms"), 8))
                .with(new Knobs.Destruction(
                        Knobs.Mode.EACH, Spread.parse("40ms"), Duration.ofMillis(1), Duration.ofMillis(2), NONE))
                .with(Knobs.LoopCosts.none()
                        .with(Work.FILE, Spread.parse("4ms"))
                        .with(Work.CONNECT, Spread.parse("12ms"))
                        .with(Work.PULL, Spread.parse("20ms"))
                        .with(Work.ANSWER, Spread.parse("8ms"))
                        .with(Work.SEND, Spread.parse("14ms")))
                .with(new Knobs.Delivery(Knobs.Wire.NAGLE, Knobs.Files.PANEL));

        Map<String, String> found = calibrate(knobs);

        assertThat(found)
                .as("%s", progress)
                .containsEntry("init", "sequential")
                .containsEntry("destroy", "each")
                .containsEntry("clean-up", "blocks")
                .containsEntry("wire", "nagle")
                .containsEntry("files", "panel")
                .containsEntry("busy-time", "0");
        holds(found, "init-time", 50);
        // Not file-time: it is told by CPU, and a hold of our target burns none.
        holds(found, "connect-time", 12);
        holds(found, "pull-time", 20);
        holds(found, "answer-time", 8);
        holds(found, "send-time", 14);
        holds(found, "render-time", 30);
        holds(found, "destroy-time", 40);
        holds(found, "destroy-growth", 1);
        holds(found, "destroy-crowding", 2);
        holds(found, "check-period", 1_500);
        holds(found, "unused-lifetime", 4_000);
    }

    /** Found again, up to what a busy machine adds or hides: how exactly, {@link ExpiryTest} and the like say without a clock. */
    private void holds(Map<String, String> found, String option, double setMs) {
        assertThat(medianMs(found, option))
                .as("%s of %s, after %s", option, found, progress)
                .isBetween(setMs / 2, setMs * 3);
    }

    @Test
    void a_server_without_faults_is_found_to_have_none() throws Exception {
        Knobs knobs = Knobs.standard()
                .with(new Knobs.Expiry(Duration.ofSeconds(3), Duration.ofSeconds(2), Knobs.CleanUp.YIELDS))
                .with(new Knobs.Initialisation(Knobs.Order.PARALLEL, Spread.parse("50ms")));

        assertThat(calibrate(knobs))
                .containsEntry("init", "parallel")
                .containsEntry("destroy", "free")
                .containsEntry("wire", "quick")
                .containsEntry("files", "none");
    }

    @Test
    void a_process_that_does_not_serve_the_page_is_refused() throws Exception {
        Process idle = new ProcessBuilder("sleep", "60").start();
        try (PageServer server = serve(Knobs.standard())) {
            assertThatThrownBy(() -> Calibration.run(
                            site(server.port()), ServerProcess.of(idle.pid()), QUICK, Ticker.system(), progress::add))
                    .isInstanceOf(CannotMeasure.class)
                    .hasMessageStartingWith("--pid: expected the process that serves the page, found one that used no");
        } finally {
            idle.destroy();
        }
    }

    @Test
    void a_process_that_is_no_more_is_refused() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThatThrownBy(() -> ServerProcess.of(ended.pid()))
                .isInstanceOf(CannotMeasure.class)
                .hasMessageStartingWith("--pid: expected the server's process, found none with the id " + ended.pid());
    }

    @Test
    void a_closed_port_is_one_sentence() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Calibration.run(site(closed), here(), QUICK, Ticker.system(), progress::add))
                .isInstanceOf(CannotMeasure.class)
                .hasMessageStartingWith("expected a server at http://localhost:" + closed + "/, found none");
    }

    @Test
    void what_is_no_page_is_one_sentence() throws Exception {
        try (PageServer server = serve(Knobs.standard())) {
            Site sessions = new Site(URI.create("http://localhost:" + server.port() + "/sessions"));
            assertThatThrownBy(() -> Calibration.run(sessions, here(), QUICK, Ticker.system(), progress::add))
                    .isInstanceOf(CannotMeasure.class)
                    .hasMessageContaining("without a session's token");
            Site missing = new Site(URI.create("http://localhost:" + server.port() + "/missing"));
            assertThatThrownBy(() -> Calibration.run(missing, here(), QUICK, Ticker.system(), progress::add))
                    .isInstanceOf(CannotMeasure.class)
                    .hasMessageContaining("found status 404");
        }
    }

    private Map<String, String> calibrate(Knobs knobs) throws Exception {
        try (PageServer server = serve(knobs)) {
            Measured measured = Calibration.run(site(server.port()), here(), QUICK, Ticker.system(), progress::add);
            measured.findings().forEach(found -> progress.add(found.option() + ": " + found.how()));
            return measured.findings().stream().collect(Collectors.toMap(Finding::option, Finding::value));
        }
    }

    private static PageServer serve(Knobs knobs) throws Exception {
        Ticker ticker = Ticker.system();
        return PageServer.start(Listening.onLocalhost(0), new HelloApp(), knobs, ticker, Timeline.anchoredNow(ticker));
    }

    private static Site site(int port) {
        return new Site(URI.create("http://localhost:" + port + "/"));
    }

    /** The target runs in this process. */
    private static ServerProcess here() throws CannotMeasure {
        return ServerProcess.of(ProcessHandle.current().pid());
    }

    /** The first time of a spread. */
    private static double medianMs(Map<String, String> found, String option) {
        String first = Objects.requireNonNull(found.get(option), option).split("~", -1)[0];
        return first.equals("0") ? 0 : Double.parseDouble(first.replace("ms", ""));
    }
}
