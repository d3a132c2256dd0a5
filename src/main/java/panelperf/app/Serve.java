package panelperf.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import panelperf.target.AdminSecret;
import panelperf.target.App;
import panelperf.target.Behaviour;
import panelperf.target.HelloApp;
import panelperf.target.Listening;
import panelperf.target.PageScripts;
import panelperf.target.PageServer;
import panelperf.target.Site;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            names = "--app",
            defaultValue = AppNames.HELLO,
            converter = AppNames.class,
            paramLabel = "NAME",
            description = "hello, dashboard, or the class of an app of your own (${DEFAULT-VALUE})")
    private App app = new HelloApp();

    @Option(
            names = "--bokehjs",
            paramLabel = "DIR",
            description = "pages carry the published files of BokehJS 3.3 in this directory, not our own script")
    private Optional<Path> bokehJs = Optional.empty();

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

    @Mixin
    private ServeKnobs knobs = new ServeKnobs();

    @Option(
            names = "--until-stdin-closes",
            hidden = true,
            description = "stop when standard input ends: for a parent process")
    private boolean untilStdinCloses;

    @Override
    public Integer call() throws Exception {
        Listening listening = new Listening(
                host, port, Set.copyOf(allowOrigin), acceptUnsignedTokens, adminSecret.map(AdminSecret::new));
        Ticker ticker = Ticker.system();
        PageScripts scripts = bokehJs.isPresent() ? PageScripts.bokehJs(bokehJs.get()) : PageScripts.own();
        Behaviour behaviour = new Behaviour(Preset.named(knobs.preset).name(), knobs.knobs(), knobs.seed);
        PageServer server =
                PageServer.start(listening, new Site(app, scripts), behaviour, ticker, Timeline.anchoredNow(ticker));
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
