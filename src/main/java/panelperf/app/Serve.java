package panelperf.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import panelperf.session.Knobs;
import panelperf.target.AdminSecret;
import panelperf.target.HelloApp;
import panelperf.target.Listening;
import panelperf.target.PageServer;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the target until it is stopped. */
@Command(
        name = Serve.NAME,
        description = "Serves the page at http://localhost:5555/ until it is stopped.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class)
final class Serve implements Callable<Integer> {
    static final String NAME = "serve";

    @Spec
    @SuppressWarnings("NullAway.Init") // Picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "5555",
            paramLabel = "N",
            description = "0 takes any that is free (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            defaultValue = Listening.LOCALHOST,
            paramLabel = "HOST",
            description = "address to listen on; localhost is 127.0.0.1 and ::1 (${DEFAULT-VALUE})")
    private String host = Listening.LOCALHOST;

    @Option(
            names = "--allow-origin",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "pages of these hosts may open websockets too")
    private List<String> allowOrigin = List.of();

    @Option(
            names = "--accept-unsigned-tokens",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "take websocket tokens that Bokeh's Python client makes (true on loopback, else false)")
    private Optional<Boolean> acceptUnsignedTokens = Optional.empty();

    @Option(
            names = "--admin-secret",
            defaultValue = "${env:PANELPERF_ADMIN_SECRET}",
            paramLabel = "SECRET",
            description = "opens /admin to whoever knows it; without it that page is for this machine only"
                    + " (default: the environment's PANELPERF_ADMIN_SECRET, which no list of processes shows)")
    private Optional<String> adminSecret = Optional.empty();

    @Option(
            names = "--render-time",
            defaultValue = "0",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long a deferred render takes, for example 250ms (${DEFAULT-VALUE})")
    private Duration renderTime = Duration.ZERO;

    @Option(
            names = "--render-threads",
            defaultValue = "8",
            paramLabel = "N",
            description = "renders at once (${DEFAULT-VALUE})")
    private int renderThreads;

    @Option(
            names = "--unused-lifetime",
            defaultValue = "15s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long a session without a socket is kept at least (${DEFAULT-VALUE})")
    private Duration unusedLifetime = Duration.ZERO;

    @Option(
            names = "--check-period",
            defaultValue = "17s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how often unused sessions are looked for (${DEFAULT-VALUE})")
    private Duration checkPeriod = Duration.ZERO;

    @Option(
            names = "--token-life",
            defaultValue = "300s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long a page's token opens websockets (${DEFAULT-VALUE})")
    private Duration tokenLife = Duration.ZERO;

    @Option(
            names = "--keep-alive",
            defaultValue = "37s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how often websockets are pinged (${DEFAULT-VALUE})")
    private Duration keepAlive = Duration.ZERO;

    @Option(
            names = "--max-sessions",
            defaultValue = "100000",
            paramLabel = "N",
            description = "more are answered 503 (${DEFAULT-VALUE})")
    private int maxSessions;

    @Option(
            names = "--max-connections",
            defaultValue = "20000",
            paramLabel = "N",
            description = "more are answered 503 (${DEFAULT-VALUE})")
    private int maxConnections;

    @Option(
            names = "--until-stdin-closes",
            hidden = true,
            description = "stop when standard input ends: for a parent process")
    private boolean untilStdinCloses;

    @Override
    public Integer call() throws Exception {
        Knobs knobs = new Knobs(
                unusedLifetime,
                checkPeriod,
                renderTime,
                renderThreads,
                tokenLife,
                keepAlive,
                maxSessions,
                maxConnections);
        Listening listening = new Listening(
                host, port, Set.copyOf(allowOrigin), acceptUnsignedTokens, adminSecret.map(AdminSecret::new));
        Ticker ticker = Ticker.system();
        PageServer server = PageServer.start(listening, new HelloApp(), knobs, ticker, Timeline.anchoredNow(ticker));
        Lifetime lifetime = new Lifetime(server, spec.commandLine().getOut());
        lifetime.serve(
                "panel-performance target at http://" + shown(host) + ":" + server.port()
                        + "/ (admin page at /admin; Ctrl-C stops it)",
                untilStdinCloses ? Optional.of(System.in) : Optional.empty());
        return 0;
    }

    /** An IPv6 address in a URL stands in brackets. */
    private static String shown(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
