package panelperf.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import panelperf.calibration.CannotMeasure;
import panelperf.calibration.CoreTime;
import panelperf.calibration.Machine;
import panelperf.canary.CannotStart;
import panelperf.canary.ColdChromium;
import panelperf.canary.InstalledChromium;
import panelperf.canary.PacingMeasurement;
import panelperf.canary.PacingText;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.study.PageAddress;
import panelperf.target.Version;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.time.WallClock;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what a browser's scripts take on a page and writes the file for {@code -Dpacing}. */
@Command(
        name = "calibrate-pacing",
        description = "Measures with a real Chromium how long the scripts of a page take, and writes a file for"
                + " -Dpacing. Takes a minute or two, in which nobody else may use the server or the machine.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class)
final class CalibratePacing implements Callable<Integer> {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path CPU_STAT = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** After a visit, so that browser, compiler and collector have ended what they were at. */
    private static final Duration REST = Duration.ofMillis(600);

    private static final Duration GLANCE = Duration.ofMillis(400);
    /** As much of one core as a quiet system uses by itself. */
    private static final double QUIET_CORES = 0.25;

    private static final int FEWEST = 5;
    private static final int MOST = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // Picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "the page's address, for example http://localhost:5006/app")
    private String url = "";

    @Option(
            names = "--visits",
            defaultValue = "20",
            paramLabel = "N",
            description = "of the browser, and as many of the light engine (${DEFAULT-VALUE})")
    private int visits;

    @Option(
            names = "--to",
            defaultValue = "pacing.json",
            paramLabel = "FILE",
            description = "what to write; must not exist (${DEFAULT-VALUE})")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        URI page = page();
        InstalledChromium installed = InstalledChromium.find(System.getenv("PATH"))
                .orElseThrow(() -> new CannotMeasure(InstalledChromium.MISSING));
        Machine machine = Machine.here(CPU_INFO);
        Optional<String> busy = refusal(machine.load(), othersCores(LOOK));
        if (busy.isPresent()) {
            throw new CannotMeasure(busy.get());
        }
        Ticker ticker = Ticker.system();
        String server = server(page);
        Arguments.tell(out, "warming up this JVM");
        CheckPage.warmUp(ticker);
        List<Double> pauses = new ArrayList<>();
        PacingMeasurement measured = measure(installed, page, ticker, out, pauses);
        Optional<String> disturbed = disturbance(pauses);
        if (disturbed.isPresent()) {
            throw new CannotMeasure(disturbed.get());
        }
        PacingText.Circumstances where = new PacingText.Circumstances(
                page,
                server,
                machine.cpu() + ", " + machine.cores() + " cores, " + machine.system(),
                "light, " + Version.NAME + " " + Version.CURRENT + ", JDK " + System.getProperty("java.version"),
                Instant.ofEpochMilli(WallClock.epochMs()));
        Files.writeString(file, PacingText.of(measured, where));
        Arguments.tell(out, measured.sentence());
        Arguments.tell(out, "wrote " + file + "; try it with: mvn gatling:test -Dpacing=" + file);
        return 0;
    }

    /** Notes, too, how many cores others used between the visits. */
    private PacingMeasurement measure(
            InstalledChromium installed, URI page, Ticker ticker, PrintWriter out, List<Double> pauses)
            throws CannotStart, InterruptedException {
        LightSettings unpaced = LightSettings.standard().withPacing(Pacing.off());
        try (ColdChromium chromium = new ColdChromium(installed, ticker, Timeline.anchoredNow(ticker));
                PageBrowser light = PageBrowser.light(unpaced, ticker)) {
            Thread end = new Thread(chromium::close, "calibrate-end");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                PacingMeasurement.Engine engine = () -> {
                    PageView view = visit(light, page, ticker);
                    Thread.sleep(REST.toMillis());
                    pauses.add(othersCores(GLANCE));
                    return view;
                };
                return PacingMeasurement.run(chromium, engine, page, visits, line -> Arguments.tell(out, line));
            } finally {
                forget(end);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends, and the hook does its work
        }
    }

    private static PageView visit(PageBrowser light, URI page, Ticker ticker) throws InterruptedException {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        light.open(new PageRequest(page, "calibrate", ticker.nanos(), PacingMeasurement.DEADLINE), seen::complete);
        try {
            return seen.get(PacingMeasurement.DEADLINE.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a light visit ends by its deadline, and never by an exception", e);
        }
    }

    /** How many cores others use now; 0 where the system does not tell. */
    private static double othersCores(Duration look) throws InterruptedException {
        Optional<CoreTime> before = CoreTime.read(CPU_STAT);
        Thread.sleep(look.toMillis());
        Optional<CoreTime> after = CoreTime.read(CPU_STAT);
        return before.isPresent() && after.isPresent() ? after.get().coresSince(before.get()) : 0;
    }

    /**
     * Why nothing is measured: a file made beside somebody else's work would slow down every user of every later run.
     *
     * @param load how many processes wanted a core, over the last minute; negative where the system does not tell
     * @param others how many cores others used just now
     */
    static Optional<String> refusal(double load, double others) {
        boolean busy = load > Machine.QUIET || others > QUIET_CORES;
        return busy
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "expected a quiet machine (load of the last minute at most %.1f, at most %.2f cores at work),"
                                + " found load %.1f and %.2f cores at work: the delays would be too long; wait until it is"
                                + " idle",
                        Machine.QUIET,
                        QUIET_CORES,
                        load,
                        others))
                : Optional.empty();
    }

    /**
     * Why nothing is written after all: somebody else's work began while it was measured. Between visits nobody of ours works,
     * except that the server now and then ends sessions, so the pauses' median tells.
     *
     * @param pauses how many cores were at work in each pause
     */
    static Optional<String> disturbance(List<Double> pauses) {
        double median =
                pauses.stream().sorted().skip(pauses.size() / 2).findFirst().orElse(0.0);
        return median > QUIET_CORES
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "expected at most %.2f cores at work between the visits (the median of %d pauses), found %.2f:"
                                + " somebody else's work is in the figures, so no file was written; wait until the machine is"
                                + " idle and start again",
                        QUIET_CORES,
                        pauses.size(),
                        median))
                : Optional.empty();
    }

    private URI page() {
        URI page = Arguments.page(spec, url);
        if (visits < FEWEST || visits > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--visits: expected " + FEWEST + " to " + MOST + ", found " + visits);
        }
        Arguments.newFile(spec, file);
        return page;
    }

    /** What the server says of itself, asked of an address that makes no session. */
    private static String server(URI page) throws CannotMeasure, InterruptedException {
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(PageAddress.below(page, "metadata"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return answer.headers().firstValue("Server").orElse("a server that does not name itself");
        } catch (IOException e) {
            throw new CannotMeasure("no answer from " + page + ": " + e + "; start the server first");
        }
    }
}
