package panelperf.app;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.headless.FullSettings;
import panelperf.headless.InspectingBrowser;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.headless.Trust;
import panelperf.report.PageReport;
import panelperf.session.Knobs;
import panelperf.study.WarmUp;
import panelperf.target.CannotListen;
import panelperf.target.HelloApp;
import panelperf.target.Listening;
import panelperf.target.PageServer;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.transpile.CannotTranspile;
import panelperf.transpile.KeptScripts;
import panelperf.transpile.Swc;
import panelperf.visit.Drawn;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens one page once and shows what was seen of it. */
@Command(
        name = "check",
        description =
                "Opens one page once, prints its milestones and what it is made of, and whether it can be judged.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class)
final class CheckPage implements Callable<Integer> {
    private static final int CANNOT_BE_JUDGED = 1;
    /** A look at a page need not wait for the last tenth of what a JVM gains. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Spec
    @SuppressWarnings("NullAway.Init") // Picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "the page's address, for example http://localhost:5006/app")
    private String url = "";

    @Option(
            names = "--timeout",
            defaultValue = "60s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "how long the page may take (${DEFAULT-VALUE})")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "a header of every request to the server, such as an authorization; may be repeated")
    private Map<String, String> headers = new TreeMap<>();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "a PEM file of certificates that TLS trusts beside the JDK's")
    private @Nullable Path ca;

    @Option(
            names = "--engine",
            defaultValue = "light",
            paramLabel = "NAME",
            description =
                    "light: our page script in place of the page's bundles; full: the bundles themselves (${DEFAULT-VALUE})")
    private String engine = "";

    @Option(
            names = "--transpiled",
            paramLabel = "DIR",
            description = "the full engine's directory (by default panel-performance in the user's cache)")
    private @Nullable Path transpiled;

    @Override
    public Integer call() throws Exception {
        URI page = Arguments.page(spec, url);
        Ticker ticker = Ticker.system();
        RequestHeaders sent = new RequestHeaders(headers);
        if (engine.equals("light")) {
            warmUp(ticker); // the other warms up while it prepares the page
        }
        AtomicReference<Drawn> drawn = new AtomicReference<>();
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        try (InspectingBrowser browser = browser(ticker)) {
            browser.prepare(page, sent);
            PageRequest request = new PageRequest(page, "check", ticker.nanos(), timeout, sent);
            browser.inspect(request, drawn::set, seen::complete);
            PageView view = seen.get(timeout.toSeconds() + 5, TimeUnit.SECONDS);
            PrintWriter out = spec.commandLine().getOut();
            out.print(PageReport.render(page, view, drawn.get()));
            out.flush();
            return view.outcome() instanceof Outcome.Loaded ? 0 : CANNOT_BE_JUDGED;
        }
    }

    private InspectingBrowser browser(Ticker ticker) throws CannotTranspile {
        SSLContext tls = ca == null ? null : Trust.also(ca);
        return switch (engine) {
            case "light" -> PageBrowser.light(LightSettings.standard().withTls(tls), ticker);
            case "full" -> {
                Path home = transpiled == null
                        ? KeptScripts.usualDirectory(System.getenv(), System.getProperty("user.home"))
                        : transpiled;
                yield PageBrowser.full(
                        FullSettings.standard(KeptScripts.below(home, Swc.find(home)))
                                .withTls(tls),
                        ticker);
            }
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--engine: expected light or full, found '" + engine + "'");
        };
    }

    /** A cold JVM takes a second for what a warm one does in ten milliseconds. */
    static void warmUp(Ticker ticker) throws CannotListen {
        Listening anywhere = Listening.onLocalhost(0);
        LightSettings unpaced = LightSettings.standard().withPacing(Pacing.off());
        try (PageServer target = PageServer.start(
                        anywhere, new HelloApp(), Knobs.standard(), ticker, Timeline.anchoredNow(ticker));
                PageBrowser browser = PageBrowser.light(unpaced, ticker)) {
            WarmUp.visits(browser, ticker, URI.create("http://localhost:" + target.port() + "/"), WARM_UP);
        }
    }
}
