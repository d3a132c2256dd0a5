package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import panelperf.stats.RankCorrelation;
import panelperf.time.Ticker;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/**
 * The light engine, paced, and a real Chromium before every variant on every release, in alternation; prints a table:
 * {@code mvn test -Dtest=VariantsTable}, with {@code -Dvariants=REGEX} for some of them and {@code -Drounds=N}. Not run by
 * itself.
 */
final class VariantsTable {
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final Pattern CHOSEN = Pattern.compile(System.getProperty("variants", "."));
    private static final Pattern RELEASES = Pattern.compile(System.getProperty("releases", "."));

    private final List<double[]> pairs = new ArrayList<>();
    private RequestHeaders headers = RequestHeaders.none();

    @Test
    void light_and_chromium_on_every_release() throws Exception {
        System.out.println("| variant | release | light | spinner gone, ms | Chromium | spinner gone, ms |");
        System.out.println("| --- | --- | --- | ---: | --- | ---: |");
        try (InChromium chromium = new InChromium(
                        "--ignore-certificate-errors",
                        // Templates ask for fonts of other hosts, whose names take seconds to be unknown.
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");
                LightBrowser light = new LightBrowser(LightSettings.standard(), Ticker.system())) {
            for (Release release : Release.values()) {
                if (!RELEASES.matcher(release.toString()).find()) {
                    continue;
                }
                try (RealPanel panel = release.variants();
                        RealPanel bokeh = release.bokehServe()) {
                    row("warm-up", release, panel.url().resolve("bare"), light, chromium);
                    for (Variant variant : Variant.of(release)) {
                        if (CHOSEN.matcher(variant.path()).find()) {
                            URI server = variant.plainBokeh() ? bokeh.url() : panel.url();
                            row(variant.path(), release, server.resolve("/" + variant.path()), light, chromium);
                        }
                    }
                    deployments(release, panel, light, chromium);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nrank correlation of the spinner times where both loaded: %.3f (n = %d)%n",
                RankCorrelation.spearman(column(0), column(1)).orElse(Double.NaN),
                pairs.size());
    }

    private double[] column(int side) {
        return pairs.stream().mapToDouble(pair -> pair[side]).toArray();
    }

    private void deployments(Release release, RealPanel panel, LightBrowser light, InChromium chromium)
            throws Exception {
        if (!CHOSEN.matcher("deployments").find()) {
            return;
        }
        try (RealPanel served = release.served("--prefix", "team", "--num-procs", "2");
                RealPanel login = release.served("--basic-auth", "secret", "--cookie-secret", "of the table");
                Nginx nginx = Nginx.before(panel.url());
                LightBrowser trusting = new LightBrowser(
                        LightSettings.standard().withTls(Trust.also(nginx.certificate())), Ticker.system())) {
            row("--prefix, --num-procs 2", release, served.url(), light, chromium);
            row("login form", release, login.url(), light, chromium);
            headers = RequestHeaders.none()
                    .with("Cookie", DeploymentsTest.signIn(login.url().resolve("/login")));
            row("login form, with its cookie", release, login.url(), light, chromium);
            headers = RequestHeaders.none().with("X-Team", "load");
            row("nginx: gzip, path, cookie, header", release, nginx.http("/apps/bare"), light, chromium);
            row("nginx: TLS, private authority", release, nginx.https("/apps/bare"), trusting, chromium);
            headers = RequestHeaders.none();
            URI ada = URI.create(nginx.http("/private/bare").toString().replace("//", "//ada:secret@"));
            row("nginx: basic authentication", release, ada, light, chromium);
        } finally {
            headers = RequestHeaders.none();
        }
    }

    private void row(String name, Release release, URI url, LightBrowser light, InChromium chromium) throws Exception {
        List<Double> lightGone = new ArrayList<>();
        List<Double> chromiumGone = new ArrayList<>();
        String lightAnswer = "";
        String chromiumAnswer = "";
        chromium.headers(headers.values());
        for (int round = 0; round < ROUNDS; round++) {
            PageView view = visit(light, url);
            InChromium.Seen seen = chromium.open(url, DEADLINE);
            lightAnswer = answer(view.outcome());
            chromiumAnswer = seen.answer();
            lightGone.add(view.milestones().at(Milestone.SPINNER_GONE).orElse(-1));
            chromiumGone.add(seen.goneMs());
        }
        double a = median(lightGone);
        double b = median(chromiumGone);
        if (a >= 0
                && b >= 0
                && lightAnswer.equals("loaded")
                && chromiumAnswer.equals("loaded")
                && !name.equals("warm-up")) {
            pairs.add(new double[] {a, b});
        }
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s |%n",
                name, release, lightAnswer, InChromium.shown(a), chromiumAnswer, InChromium.shown(b));
    }

    private PageView visit(LightBrowser light, URI url) throws Exception {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        light.open(new PageRequest(url, "table", Ticker.system().nanos(), DEADLINE, headers), seen::complete);
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
        return sorted.get(sorted.size() / 2);
    }
}
