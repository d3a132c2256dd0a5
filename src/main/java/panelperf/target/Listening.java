package panelperf.target;

import java.util.Optional;
import java.util.Set;

/**
 * Where a server listens and whom it lets in.
 *
 * @param host a name or an address; {@code localhost} means both loopback addresses, as it does to browsers
 * @param port 0 to 65,535; 0 takes any that is free
 * @param moreOrigins hosts with ports whose pages may open websockets, beside {@code localhost:port} and {@code host:port}
 * @param acceptUnsignedTokens whether tokens without a signature are taken; empty: on loopback only
 * @param adminSecret opens the admin page to whoever knows it; empty: it is for this machine only
 */
public record Listening(
        String host,
        int port,
        Set<String> moreOrigins,
        Optional<Boolean> acceptUnsignedTokens,
        Optional<AdminSecret> adminSecret) {
    /** The name that stands for both loopback addresses. */
    public static final String LOCALHOST = "localhost";

    private static final int LAST_PORT = 65_535;

    public Listening {
        moreOrigins = Set.copyOf(moreOrigins);
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "host: expected a name or an address, found none; leave it out for " + LOCALHOST);
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port: expected 0 to 65535, found " + port);
        }
    }

    /** Without an admin secret. */
    public Listening(String host, int port, Set<String> moreOrigins, Optional<Boolean> acceptUnsignedTokens) {
        this(host, port, moreOrigins, acceptUnsignedTokens, Optional.empty());
    }

    /** On both loopback addresses. */
    public static Listening onLocalhost(int port) {
        return new Listening(LOCALHOST, port, Set.of(), Optional.empty());
    }
}
