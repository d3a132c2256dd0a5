package panelperf.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import panelperf.calibration.Calibration;
import panelperf.calibration.CannotMeasure;
import panelperf.calibration.Course;
import panelperf.calibration.Machine;
import panelperf.calibration.Measured;
import panelperf.calibration.PresetText;
import panelperf.calibration.ServerProcess;
import panelperf.calibration.Site;
import panelperf.target.Version;
import panelperf.time.Ticker;
import panelperf.time.WallClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a running server and writes a preset with which the target behaves like it. */
@Command(
        name = "calibrate-preset",
        description = "Measures how a running Panel server treats its sessions, and writes a file for serve --preset."
                + " Takes five to six minutes, in which nobody else may use the server or the machine.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class)
final class CalibratePreset implements Callable<Integer> {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    @Spec
    @SuppressWarnings("NullAway.Init") // Picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "the page's address, for example http://localhost:5006/app")
    private String url = "";

    @Option(names = "--pid", required = true, paramLabel = "N", description = "the server's process, on this machine")
    private long pid;

    @Option(
            names = "--server",
            defaultValue = "the server",
            paramLabel = "NAME",
            description = "what the server is, for the file's readers, for example 'Panel 1.3.8'")
    private String server = "";

    @Option(
            names = "--to",
            defaultValue = "preset.properties",
            paramLabel = "FILE",
            description = "what to write; must not exist (${DEFAULT-VALUE})")
    private Path file = Path.of("");

    @Option(
            names = "--visits",
            defaultValue = "40",
            paramLabel = "N",
            description = "page lives one after another (${DEFAULT-VALUE})")
    private int visits;

    @Option(
            names = "--longest-life",
            defaultValue = "34s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "within what time after its last socket a session ends: Bokeh's 15 s and 17 s, and a little;"
                    + " more where the server was started with other lifetimes (${DEFAULT-VALUE})")
    private Duration longestLife = Duration.ZERO;

    @Option(
            names = "--admin",
            description = "measure an open admin page too; it makes the server's later pages heavier, so start it anew"
                    + " afterwards")
    private boolean admin;

    @Override
    public Integer call() throws CannotMeasure, InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Site site = new Site(Arguments.page(spec, url));
        Arguments.newFile(spec, file);
        Course course = new Course(visits, longestLife, admin);
        Machine machine = Machine.here(CPU_INFO);
        if (machine.isBusy()) {
            Arguments.tell(
                    out,
                    String.format(
                            Locale.ROOT,
                            "this machine is busy (load %.1f): times will be too long; wait until it is idle",
                            machine.load()));
        }
        Measured measured = Calibration.run(
                site, ServerProcess.of(pid), course, Ticker.system(), line -> Arguments.tell(out, line));
        if (measured.server().contains(Version.NAME)) {
            Arguments.tell(out, "this is our own target, whose knobs are known: it was measured all the same");
        }
        Instant now = Instant.ofEpochMilli(WallClock.epochMs());
        Files.writeString(file, PresetText.of(server, measured, machine, course, now));
        Arguments.tell(out, "wrote " + file + "; try it with: serve --preset " + file);
        return 0;
    }
}
