package panelperf.calibration;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the page is.
 *
 * @param page an absolute http URL
 */
public record Site(URI page) {
    private static final int HTTP_PORT = 80;
    /** What a page loads before it does anything: scripts, and links that are style sheets. */
    private static final Pattern SCRIPT = Pattern.compile("<script\\b[^>]*\\bsrc=\"([^\"]+)\"");

    private static final Pattern LINK = Pattern.compile("<link\\b[^>]*>");
    private static final Pattern HREF = Pattern.compile("\\bhref=\"([^\"]+)\"");

    public Site {
        if (!"http".equals(page.getScheme()) || page.getHost() == null) {
            throw new IllegalArgumentException("page: expected an http URL such as http://localhost:5006/app, found '"
                    + page + "'; measure behind the proxy that adds encryption");
        }
    }

    /** The host and port, as a Host header has them. */
    String authority() {
        return page.getPort() < 0 ? page.getHost() : page.getHost() + ":" + page.getPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(page.getHost(), page.getPort() < 0 ? HTTP_PORT : page.getPort());
    }

    /** The page's path and query, for a request line. */
    String path() {
        String path = page.getRawPath().isEmpty() ? "/" : page.getRawPath();
        return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
    }

    /** What the server has of that name beside the page, for example its {@code metadata}. */
    URI below(String name) {
        String path = page.getRawPath();
        return page.resolve((path.endsWith("/") ? path : path + "/") + name);
    }

    /** Another page of the same server. */
    Site beside(String name) {
        return new Site(page.resolve("/" + name));
    }

    /** Request paths of the style sheets and scripts that the HTML names on this host, in its order. */
    List<String> files(String html) {
        Stream<String> styles = LINK.matcher(html)
                .results()
                .map(link -> html.substring(link.start(), link.end()))
                .filter(link -> link.contains("stylesheet"))
                .flatMap(link -> first(HREF, link).stream());
        Stream<String> scripts = SCRIPT.matcher(html).results().map(script -> script.group(1));
        return Stream.concat(styles, scripts)
                .map(page::resolve)
                .filter(file -> authority().equals(file.getRawAuthority()))
                .map(file ->
                        file.getRawQuery() == null ? file.getRawPath() : file.getRawPath() + "?" + file.getRawQuery())
                .distinct()
                .toList();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
