package panelperf.study;

import java.nio.file.Path;
import java.util.Locale;
import panelperf.headless.FullSettings;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.headless.PageBrowser;
import panelperf.time.Ticker;
import panelperf.transpile.CannotTranspile;
import panelperf.transpile.KeptScripts;
import panelperf.transpile.Swc;
import panelperf.visit.Browser;

/** The browsers of a run, as its options want them. */
final class Browsers {
    private Browsers() {}

    /** The one whose visits are measured. */
    static Browser measured(Options options, Ticker ticker) {
        return options.full() ? full(options, ticker) : PageBrowser.light(settings(options), ticker);
    }

    /** The same without pacing, to warm up with. */
    static Browser unpaced(Options options, Ticker ticker) {
        return options.full()
                ? full(options, ticker)
                : PageBrowser.light(settings(options).withPacing(Pacing.off()), ticker);
    }

    private static Browser full(Options options, Ticker ticker) {
        KeptScripts kept = KeptScripts.below(home(options), swc(options));
        FullSettings settings =
                FullSettings.standard(kept).withWarmCache(options.warmCache()).withTls(options.tls());
        return PageBrowser.full(settings, ticker);
    }

    private static Path home(Options options) {
        Path named = options.transpiled();
        return named == null ? KeptScripts.usualDirectory(System.getenv(), System.getProperty("user.home")) : named;
    }

    private static Swc swc(Options options) {
        try {
            return Swc.find(home(options));
        } catch (CannotTranspile e) {
            throw new StudyStopped(String.valueOf(e.getMessage()));
        }
    }

    /** What the pages are opened with, in a few words. */
    static String describe(Options options) {
        if (options.full()) {
            if (!options.pacing().equals("on") && !options.pacing().equals("off")) {
                throw StudyStopped.badOption(
                        "pacing",
                        "on or off with the full engine, which evaluates the page's scripts itself",
                        options.pacing());
            }
            return "full engine, " + (options.warmCache() ? "warm" : "cold")
                    + " cache, no pacing: it runs the page's own scripts, transpiled by swc "
                    + swc(options).version();
        }
        LightSettings settings = settings(options);
        Pacing pacing = settings.pacing();
        String paced = pacing.equals(Pacing.off())
                ? "no pacing"
                : String.format(
                        Locale.ROOT, "pacing %d + %d ms (%s)", pacing.evaluateMs(), pacing.renderMs(), pacing.source());
        return "light engine, " + (settings.warmCache() ? "warm" : "cold") + " cache, " + paced;
    }

    private static LightSettings settings(Options options) {
        return LightSettings.standard()
                .withPacing(pacing(options.pacing()))
                .withWarmCache(options.warmCache())
                .withTls(options.tls());
    }

    private static Pacing pacing(String choice) {
        try {
            return switch (choice) {
                case "on" -> Pacing.shipped();
                case "off" -> Pacing.off();
                default -> Pacing.read(Path.of(choice));
            };
        } catch (IllegalArgumentException e) {
            throw new StudyStopped("option " + e.getMessage() + "; start again with a valid -Dpacing");
        }
    }
}
