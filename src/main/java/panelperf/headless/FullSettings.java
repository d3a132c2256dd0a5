package panelperf.headless;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.transpile.KeptScripts;

/**
 * How a full browser behaves.
 *
 * @param scripts where it has its scripts in ES5 from
 * @param warmCache whether users come back with a filled cache; else every visit is a new browser
 * @param workers how many pages are evaluated at once; the others wait, and that is their {@code queuedMs}
 * @param tls whom TLS trusts; null: the JDK's authorities
 */
public record FullSettings(
        KeptScripts scripts,
        boolean warmCache,
        int workers,
        @Nullable SSLContext tls) {
    public FullSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("workers of a browser: expected 1 or more, found " + workers);
        }
    }

    /** A new browser for every visit, and no more pages at once than there are processors: evaluation is work. */
    public static FullSettings standard(KeptScripts scripts) {
        return new FullSettings(scripts, false, Math.max(2, Runtime.getRuntime().availableProcessors()), null);
    }

    public FullSettings withWarmCache(boolean warm) {
        return new FullSettings(scripts, warm, workers, tls);
    }

    /** Trusting others than the JDK's authorities: see {@link Trust#also}. */
    public FullSettings withTls(@Nullable SSLContext other) {
        return new FullSettings(scripts, warmCache, workers, other);
    }
}
