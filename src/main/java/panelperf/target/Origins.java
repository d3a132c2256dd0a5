package panelperf.target;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may open websockets (bokeh/server/views/ws.py {@code check_origin}, bokeh/server/util.py).
 *
 * <p>A request without an origin is no browser's and may. {@code localhost} and {@code 127.0.0.1} are two, as for Bokeh.
 */
final class Origins {
    private static final int DEFAULT_PORT = 80;

    private final Set<String> allowed;

    /**
     * Origins.
     *
     * @param allowed hosts with ports, for example {@code localhost:5555}; without a port, 80 is meant
     */
    Origins(Set<String> allowed) {
        this.allowed = allowed.stream().map(Origins::withPort).collect(Collectors.toUnmodifiableSet());
    }

    boolean allow(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && allowed.contains(withPort(authority));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withPort(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean hasPort = lower.lastIndexOf(':') > lower.lastIndexOf(']');
        return hasPort ? lower : lower + ":" + DEFAULT_PORT;
    }
}
