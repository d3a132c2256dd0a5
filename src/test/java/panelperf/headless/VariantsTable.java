package panelperf.headless;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import panelperf.RealParts;
import panelperf.generator.ProcessCpu;
import panelperf.stats.RankCorrelation;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * The light engine, paced, the full one, and a real Chromium before every variant on every release, in alternation; prints medians,
 * CPU being this JVM's own in a visit: {@code mvn test -Dtest=VariantsTable}, with {@code -Dvariants=REGEX} and {@code
 * -Dreleases=REGEX} for some of them, {@code -Drounds=N}, {@code -Dfull=off}, and {@code -Dpacing.1.9.4=FILE} for a release's
 * own pacing. Not run by itself.
 */
final class VariantsTable {
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final boolean FULL = !System.getProperty("full", "on").equals("off");
    private static final Pattern CHOSEN = Pattern.compile(System.getProperty("variants", "."));
    private static final Pattern RELEASES = Pattern.compile(System.getProperty("releases", "."));

    /** Spinner times of an engine and of Chromium. */
    private final List<double[]> lightPairs = new ArrayList<>();

    private final List<double[]> fullPairs = new ArrayList<>();
    private RequestHeaders headers = RequestHeaders.none();

    @Test
    void both_engines_and_chromium_on_every_release() throws Exception {
        System.out.println(
                "| variant | release | light | spinner gone, ms | CPU, ms | full | spinner gone, ms | CPU, ms | Chromium | spinner gone, ms |");
        System.out.println("| --- | --- | --- | ---: | ---: | --- | ---: | ---: | --- | ---: |");
        try (InChromium chromium = new InChromium(
                        "--ignore-certificate-errors",
                        // Templates ask for fonts of other hosts, whose names take seconds to be unknown.
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");
                PageBrowser full = Visiting.fullBrowser()) {
            for (Release release : Release.values()) {
                if (!RELEASES.matcher(release.toString()).find()) {
                    continue;
                }
                try (RealPanel panel = release.variants();
                        RealPanel bokeh = release.bokehServe();
                        PageBrowser light = PageBrowser.light(paced(release), Ticker.system())) {
                    row("warm-up", release, panel.url().resolve("bare"), light, full, chromium);
                    for (Variant variant : Variant.of(release)) {
                        if (CHOSEN.matcher(variant.path()).find()) {
                            URI server = variant.plainBokeh() ? bokeh.url() : panel.url();
                            row(variant.path(), release, server.resolve("/" + variant.path()), light, full, chromium);
                        }
                    }
                    deployments(release, panel, light, full, chromium);
                }
            }
        }
        System.out.println();
        ranks("light", lightPairs);
        ranks("full", fullPairs);
    }

    private static LightSettings paced(Release release) {
        String file = System.getProperty("pacing." + release.toString().replace("Panel ", ""), "");
        return file.isEmpty()
                ? LightSettings.standard()
                : LightSettings.standard().withPacing(Pacing.read(Path.of(file)));
    }

    private static void ranks(String engine, List<double[]> pairs) {
        System.out.printf(
                Locale.ROOT,
                "rank correlation of the spinner times of %s and Chromium where both loaded: %.3f (n = %d)%n",
                engine,
                RankCorrelation.spearman(column(pairs, 0), column(pairs, 1)).orElse(Double.NaN),
                pairs.size());
    }

    private static double[] column(List<double[]> pairs, int side) {
        return pairs.stream().mapToDouble(pair -> pair[side]).toArray();
    }

    private void deployments(Release release, RealPanel panel, PageBrowser light, PageBrowser full, InChromium chromium)
            throws Exception {
        if (!CHOSEN.matcher("deployments").find()) {
            return;
        }
        try (RealPanel served = release.served("--prefix", "team", "--num-procs", "2");
                RealPanel login = release.served("--basic-auth", "secret", "--cookie-secret", "of the table");
                Nginx nginx = Nginx.before(panel.url());
                PageBrowser trusting =
                        PageBrowser.light(paced(release).withTls(Trust.also(nginx.certificate())), Ticker.system());
                PageBrowser trustingFull = PageBrowser.full(
                        FullSettings.standard(RealParts.transpiled()).withTls(Trust.also(nginx.certificate())),
                        Ticker.system())) {
            row("--prefix, --num-procs 2", release, served.url(), light, full, chromium);
            row("login form", release, login.url(), light, full, chromium);
            headers = RequestHeaders.none()
                    .with("Cookie", DeploymentsTest.signIn(login.url().resolve("/login")));
            row("login form, with its cookie", release, login.url(), light, full, chromium);
            headers = RequestHeaders.none().with("X-Team", "load");
            row("nginx: gzip, path, cookie, header", release, nginx.http("/apps/bare"), light, full, chromium);
            row("nginx: TLS, private authority", release, nginx.https("/apps/bare"), trusting, trustingFull, chromium);
            headers = RequestHeaders.none();
            URI ada = URI.create(nginx.http("/private/bare").toString().replace("//", "//ada:secret@"));
            row("nginx: basic authentication", release, ada, light, full, chromium);
        } finally {
            headers = RequestHeaders.none();
        }
    }

    private void row(String name, Release release, URI url, PageBrowser light, PageBrowser full, InChromium chromium)
            throws Exception {
        List<Double> lightGone = new ArrayList<>();
        List<Double> fullGone = new ArrayList<>();
        List<Double> chromiumGone = new ArrayList<>();
        List<Double> lightCpu = new ArrayList<>();
        List<Double> fullCpu = new ArrayList<>();
        String lightAnswer = "";
        String fullAnswer = "";
        String chromiumAnswer = "";
        if (FULL) {
            full.prepare(url, headers);
        }
        chromium.headers(headers.values());
        for (int round = 0; round < ROUNDS; round++) {
            double before = ProcessCpu.ms();
            PageView view = visit(light, url);
            double between = ProcessCpu.ms();
            lightCpu.add(between - before);
            if (FULL) {
                PageView evaluated = visit(full, url);
                fullCpu.add(ProcessCpu.ms() - between);
                fullAnswer = answer(evaluated.outcome());
                fullGone.add(evaluated.milestones().at(Milestone.SPINNER_GONE).orElse(-1));
            }
            InChromium.Seen seen = chromium.open(url, DEADLINE);
            lightAnswer = answer(view.outcome());
            chromiumAnswer = seen.answer();
            lightGone.add(view.milestones().at(Milestone.SPINNER_GONE).orElse(-1));
            chromiumGone.add(seen.goneMs());
        }
        double a = median(lightGone);
        double b = median(fullGone);
        double c = median(chromiumGone);
        if (!name.equals("warm-up") && c >= 0 && chromiumAnswer.equals("loaded")) {
            if (a >= 0 && lightAnswer.equals("loaded")) {
                lightPairs.add(new double[] {a, c});
            }
            if (b >= 0 && fullAnswer.equals("loaded")) {
                fullPairs.add(new double[] {b, c});
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f | %s | %s | %.0f | %s | %s |%n",
                name,
                release,
                lightAnswer,
                InChromium.shown(a),
                median(lightCpu),
                fullAnswer,
                InChromium.shown(b),
                median(fullCpu),
                chromiumAnswer,
                InChromium.shown(c));
    }

    private PageView visit(Browser browser, URI url) throws Exception {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        browser.open(new PageRequest(url, "table", Ticker.system().nanos(), DEADLINE, headers), seen::complete);
        return seen.get(DEADLINE.toSeconds() + 5, TimeUnit.SECONDS);
    }

    static String answer(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.cause() + ": " + failed.detail();
        }
        return outcome instanceof Outcome.TimedOut timedOut ? "timed out: " + timedOut.waitingFor() : outcome.word();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
    }
}
