package panelperf.visit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What every request to a page's own host carries beside a browser's own headers, the websocket's upgrade included; other
 * hosts are told nothing. Values may be secrets: they are in no message and in no {@link #toString}.
 *
 * @param values by name, whose case does not matter; immutable
 */
public record RequestHeaders(Map<String, String> values) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110, 5.6.2
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Set<String> OWN = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "origin",
            "transfer-encoding",
            "upgrade");

    public RequestHeaders {
        Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches() || OWN.contains(lower) || lower.startsWith("sec-")) {
                throw new IllegalArgumentException(
                        "header: expected a name such as Authorization or X-Team, and none that a browser sets itself, found '"
                                + name + "'");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "header " + name + ": expected a value of printable characters on one line, found others");
            }
            if (checked.put(name, value.strip()) != null) {
                throw new IllegalArgumentException("header " + name + ": expected it once, found it again");
            }
        });
        values = Collections.unmodifiableMap(checked);
    }

    public static RequestHeaders none() {
        return new RequestHeaders(Map.of());
    }

    /** These and one more, in place of one of the same name. */
    public RequestHeaders with(String name, String value) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(values);
        all.put(name, value);
        return new RequestHeaders(all);
    }

    /** These, and what a browser makes of the user and password in a URL (RFC 7617), unless there is an authorization. */
    public RequestHeaders withUserOf(URI url) {
        if (url.getRawUserInfo() == null || values.containsKey("Authorization")) {
            return this;
        }
        byte[] user = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }

    /** The URL as it is asked for: without its user and password. */
    public static URI withoutUser(URI url) {
        return url.getRawUserInfo() == null ? url : URI.create(url.toString().replaceFirst("//[^/?#@]*@", "//"));
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
