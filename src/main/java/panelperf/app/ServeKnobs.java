package panelperf.app;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.session.Work;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** How the target behaves, as options of the command line; a preset sets several of them at once. */
final class ServeKnobs {
    static final String PRESET = "--preset";

    private static final String SPREAD = "TIME|SPREAD";

    @Option(
            names = PRESET,
            defaultValue = "native",
            paramLabel = "NAME|FILE",
            description =
                    "native, panel-1.3.8, panel-1.4, or a file that calibrate-preset wrote; every option beside it"
                            + " wins over it (${DEFAULT-VALUE})")
    String preset = "";

    @Option(
            names = "--init",
            defaultValue = "parallel",
            description = "parallel, or sequential: a session that begins holds the document loop (${DEFAULT-VALUE})")
    Knobs.Order init = Knobs.Order.PARALLEL;

    @Option(
            names = "--init-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a session begins: 90ms, 75ms..100ms, or 90ms~120ms for median and p90"
                    + " (${DEFAULT-VALUE})")
    Spread initTime = Spread.zero();

    @Option(
            names = "--render-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a deferred render takes (${DEFAULT-VALUE})")
    Spread renderTime = Spread.zero();

    @Option(
            names = "--render-threads",
            defaultValue = "8",
            paramLabel = "N",
            description = "renders at once (${DEFAULT-VALUE})")
    int renderThreads;

    @Option(
            names = "--destroy",
            defaultValue = "free",
            description = "free; each: the end of a session holds the document loop; debounced: once for many"
                    + " (${DEFAULT-VALUE})")
    Knobs.Mode destroy = Knobs.Mode.FREE;

    @Option(
            names = "--destroy-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "for how long, in a server that has just started (${DEFAULT-VALUE})")
    Spread destroyTime = Spread.zero();

    @Option(
            names = "--destroy-growth",
            defaultValue = "0",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how much longer for each session that there has been (${DEFAULT-VALUE})")
    Duration destroyGrowth = Duration.ZERO;

    @Option(
            names = "--destroy-crowding",
            defaultValue = "0",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how much longer for each session that lives (${DEFAULT-VALUE})")
    Duration destroyCrowding = Duration.ZERO;

    @Option(
            names = "--destroy-debounce",
            defaultValue = "5s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long it is put off where it is one for many (${DEFAULT-VALUE})")
    Duration destroyDebounce = Duration.ZERO;

    @Option(
            names = "--end-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description =
                    "how long the end of a session holds it beside that, unless destroy is free (${DEFAULT-VALUE})")
    Spread endTime = Spread.zero();

    @Option(
            names = "--clean-up",
            defaultValue = "yields",
            description = "yields, or blocks: nothing else gets a turn between sessions that end together"
                    + " (${DEFAULT-VALUE})")
    Knobs.CleanUp cleanUp = Knobs.CleanUp.YIELDS;

    @Option(
            names = "--unused-lifetime",
            defaultValue = "15s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long a session without a socket is kept at least (${DEFAULT-VALUE})")
    Duration unusedLifetime = Duration.ZERO;

    @Option(
            names = "--check-period",
            defaultValue = "17s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how often unused sessions are looked for (${DEFAULT-VALUE})")
    Duration checkPeriod = Duration.ZERO;

    @Option(
            names = "--log-growth",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how much longer a session's document takes for each session that there has been: what is"
                    + " logged is kept for an admin page (${DEFAULT-VALUE})")
    Spread logGrowth = Spread.zero();

    @Option(
            names = "--file-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a file holds the document loop; 0: files are served beside it (${DEFAULT-VALUE})")
    Spread fileTime = Spread.zero();

    @Option(
            names = "--connect-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a websocket that opens holds it (${DEFAULT-VALUE})")
    Spread connectTime = Spread.zero();

    @Option(
            names = "--pull-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a client that asks for the whole document holds it (${DEFAULT-VALUE})")
    Spread pullTime = Spread.zero();

    @Option(
            names = "--answer-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a client's other messages hold it (${DEFAULT-VALUE})")
    Spread answerTime = Spread.zero();

    @Option(
            names = "--send-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long sending a render's content holds it (${DEFAULT-VALUE})")
    Spread sendTime = Spread.zero();

    @Option(
            names = "--events-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long a thread of the pool handles what a browser tells of itself, in turns with the"
                    + " loop (${DEFAULT-VALUE})")
    Spread eventsTime = Spread.zero();

    @Option(
            names = "--busy-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long telling one session that the server is busy holds it; 0: none is told"
                    + " (${DEFAULT-VALUE})")
    Spread busyTime = Spread.zero();

    @Option(
            names = "--busy-socket-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how much longer for a session that has an open socket (${DEFAULT-VALUE})")
    Spread busySocketTime = Spread.zero();

    @Option(
            names = "--admin-time",
            defaultValue = "0",
            converter = SpreadText.class,
            paramLabel = SPREAD,
            description = "how long telling an open admin page of a change holds it, for each session so far"
                    + " (${DEFAULT-VALUE})")
    Spread adminTime = Spread.zero();

    @Option(
            names = "--wire",
            defaultValue = "quick",
            description =
                    "quick, or nagle: each frame by itself under Nagle's algorithm, as Tornado (${DEFAULT-VALUE})")
    Knobs.Wire wire = Knobs.Wire.QUICK;

    @Option(
            names = "--files",
            defaultValue = "none",
            description =
                    "none, or panel: the page names as many files as Panel's, and as large, and its clients say as much"
                            + " (${DEFAULT-VALUE})")
    Knobs.Files files = Knobs.Files.NONE;

    @Option(
            names = "--token-life",
            defaultValue = "300s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long a page's token opens websockets (${DEFAULT-VALUE})")
    Duration tokenLife = Duration.ZERO;

    @Option(
            names = "--keep-alive",
            defaultValue = "37s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how often websockets are pinged (${DEFAULT-VALUE})")
    Duration keepAlive = Duration.ZERO;

    @Option(
            names = "--max-sessions",
            defaultValue = "100000",
            paramLabel = "N",
            description = "more are answered 503 (${DEFAULT-VALUE})")
    int maxSessions;

    @Option(
            names = "--max-connections",
            defaultValue = "20000",
            paramLabel = "N",
            description = "more are answered 503 (${DEFAULT-VALUE})")
    int maxConnections;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of the times that vary (${DEFAULT-VALUE})")
    long seed;

    Knobs knobs() {
        return new Knobs(
                new Knobs.Expiry(unusedLifetime, checkPeriod, cleanUp),
                new Knobs.Initialisation(init, initTime),
                new Knobs.Rendering(renderTime, renderThreads),
                new Knobs.Destruction(destroy, destroyTime, destroyGrowth, destroyCrowding, destroyDebounce),
                Knobs.LoopCosts.none()
                        .with(Work.LOG, logGrowth)
                        .with(Work.FILE, fileTime)
                        .with(Work.CONNECT, connectTime)
                        .with(Work.PULL, pullTime)
                        .with(Work.ANSWER, answerTime)
                        .with(Work.SEND, sendTime)
                        .with(Work.EVENTS, eventsTime)
                        .with(Work.BUSY, busyTime)
                        .with(Work.SHOW, busySocketTime)
                        .with(Work.ADMIN, adminTime)
                        .with(Work.DESTROY, endTime),
                new Knobs.Delivery(wire, files),
                new Knobs.Limits(tokenLife, keepAlive, maxSessions, maxConnections));
    }

    /** The knobs of a preset, and of nothing else. */
    static Knobs of(Preset preset) {
        ServeKnobs options = new ServeKnobs();
        new CommandLine(options)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(option -> option instanceof OptionSpec named
                        ? preset.values().get(named.longestName().substring(2))
                        : null)
                .parseArgs();
        return options.knobs();
    }

    /** What a preset may set: every option but the preset's own name, without its dashes. */
    static Set<String> names() {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(new ServeKnobs()).options().stream()
                .map(option -> option.longestName())
                .filter(name -> !name.equals(PRESET))
                .map(name -> name.substring(2))
                .collect(Collectors.toUnmodifiableSet());
    }
}
