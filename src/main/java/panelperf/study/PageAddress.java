package panelperf.study;

import java.net.URI;
import java.util.Optional;

/** Addresses of pages, as people write them. */
public final class PageAddress {
    /** What an address looks like, for messages. */
    public static final String FORM = "an http or https URL such as http://localhost:5006/app";

    private PageAddress() {}

    /** Empty when the text is no http or https URL with a host. */
    public static Optional<URI> parse(String text) {
        try {
            URI url = URI.create(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the server has of that name beside the page, for example its {@code metadata}. */
    public static URI below(URI page, String name) {
        String base = page.toString().replaceFirst("[?#].*$", "");
        return URI.create((base.endsWith("/") ? base : base + "/") + name);
    }
}
