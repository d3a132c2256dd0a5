package panelperf.target;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Under which names this server answers. A page of another site whose name is made to lead here (DNS rebinding) is of the
 * same origin as what it asks for, but its requests carry its own name.
 *
 * <p>Addresses and {@code localhost} are nobody's to give, so they are always taken. Real Bokeh looks at no names.
 */
final class Hosts {
    private final Set<String> named;
    private final boolean anyName;

    /**
     * Hosts.
     *
     * @param named hosts with or without a port, which is left out of account
     * @param anyName whether other names are taken too, where nobody can know how this machine is called
     */
    Hosts(Set<String> named, boolean anyName) {
        this.named = named.stream().map(Hosts::withoutPort).collect(Collectors.toUnmodifiableSet());
        this.anyName = anyName;
    }

    /** Whether a request for this host is answered. */
    boolean serve(String host) {
        return anyName || know(host);
    }

    /** Whether the host is one that no other site can have. */
    boolean know(String host) {
        String name = withoutPort(host);
        return name.equals(Listening.LOCALHOST)
                || name.endsWith("." + Listening.LOCALHOST)
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name)
                || named.contains(name);
    }

    private static String withoutPort(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        if (NetUtil.isValidIpV6Address(lower)) {
            return lower;
        }
        int colon = lower.lastIndexOf(':');
        String name = colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
