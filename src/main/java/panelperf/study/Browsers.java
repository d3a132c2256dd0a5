package panelperf.study;

import java.nio.file.Path;
import java.util.Locale;
import panelperf.headless.LightBrowser;
import panelperf.headless.LightSettings;
import panelperf.headless.Pacing;
import panelperf.time.Ticker;
import panelperf.visit.Browser;

/** The browsers of a run, as its options want them. */
final class Browsers {
    private Browsers() {}

    /** The one whose visits are measured. */
    static Browser measured(Options options, Ticker ticker) {
        return new LightBrowser(settings(options), ticker);
    }

    /** The same without pacing, to warm up with. */
    static Browser unpaced(Options options, Ticker ticker) {
        return new LightBrowser(settings(options).withPacing(Pacing.off()), ticker);
    }

    /** What the pages are opened with, in a few words. */
    static String describe(Options options) {
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
