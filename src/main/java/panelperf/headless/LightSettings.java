package panelperf.headless;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a light browser behaves.
 *
 * @param pacing the time that a browser's scripts would take
 * @param warmCache whether users come back with a filled cache; else every visit is a new browser
 * @param workers how many pages are fetched and parsed at once; the others wait, and that is their {@code queuedMs}
 * @param tls whom TLS trusts; null: the JDK's authorities
 */
public record LightSettings(
        Pacing pacing,
        boolean warmCache,
        int workers,
        @Nullable SSLContext tls) {
    private static final int WORKERS = 64;

    public LightSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("workers of a browser: expected 1 or more, found " + workers);
        }
    }

    /** A new browser for every visit, paced as shipped. */
    public static LightSettings standard() {
        return new LightSettings(Pacing.shipped(), false, WORKERS, null);
    }

    public LightSettings withPacing(Pacing other) {
        return new LightSettings(other, warmCache, workers, tls);
    }

    public LightSettings withWarmCache(boolean warm) {
        return new LightSettings(pacing, warm, workers, tls);
    }

    /** Trusting others than the JDK's authorities: see {@link Trust#also}. */
    public LightSettings withTls(@Nullable SSLContext other) {
        return new LightSettings(pacing, warmCache, workers, other);
    }
}
