package panelperf.target;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the admin page and its data: whoever is on this machine; where there is a secret, whoever knows it.
 *
 * <p>Pages of other sites may not, even in a browser on this machine. A site whose name is made to point here is known by
 * the {@code Host} that its browser sends, a form or socket of another site by its {@code Origin}. A request that a proxy
 * passes on is not from this machine, wherever the proxy is.
 */
final class AdminAccess {
    /** What a request may have. */
    enum Answer {
        ALLOWED,
        /** It gives no secret, or not the right one. */
        NO_SECRET,
        /** It is from another machine, and there is no secret. */
        ELSEWHERE,
        /** It is meant for a name that is not this server's. */
        FOREIGN_HOST
    }

    private static final Set<String> PASSED_ON = Set.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via");

    private final Optional<AdminSecret> secret;
    private final Set<String> hosts;

    /**
     * The rule.
     *
     * @param hosts this server's names with ports, beside {@code localhost} and addresses, which nobody can make point
     *     elsewhere
     */
    AdminAccess(Optional<AdminSecret> secret, Set<String> hosts) {
        this.secret = secret;
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    Answer check(Channel channel, HttpHeaders headers) {
        if (!isOurs(headers.get(HttpHeaderNames.HOST))) {
            return Answer.FOREIGN_HOST;
        } else if (secret.isPresent()) {
            return secret.get().isKnownTo(headers) ? Answer.ALLOWED : Answer.NO_SECRET;
        }
        return isHere(channel, headers) ? Answer.ALLOWED : Answer.ELSEWHERE;
    }

    private boolean isOurs(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        String name = colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
        return name.equals(Listening.LOCALHOST)
                || NetUtil.isValidIpV4Address(name)
                || (name.startsWith("[") && NetUtil.isValidIpV6Address(name))
                || hosts.contains(lower);
    }

    private static boolean isHere(Channel channel, HttpHeaders headers) {
        boolean local = !(channel.remoteAddress() instanceof InetSocketAddress peer)
                || peer.getAddress().isLoopbackAddress();
        return local && PASSED_ON.stream().noneMatch(headers::contains);
    }

    /** Whether it is no request that a page of another site has made a browser send. */
    static boolean isSameOrigin(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            String site = headers.get("Sec-Fetch-Site");
            return site == null || site.equals("same-origin") || site.equals("none");
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(headers.get(HttpHeaderNames.HOST));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Optional<AdminSecret> secret() {
        return secret;
    }
}
