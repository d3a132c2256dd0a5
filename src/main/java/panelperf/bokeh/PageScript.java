package panelperf.bokeh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The script that stands for BokehJS and Panel's bundles, in our target's page and in the light engine alike.
 *
 * <p>What drives the page may set {@code window.panelperf} before it runs; see the head of {@code page.js} for its
 * fields.
 */
public final class PageScript {
    private static final String SIGNS = read("signs.js");
    private static final String SOURCE = read("columns.js") + read("views.js") + SIGNS + read("page.js");
    private static final String VERSION = sha256(SOURCE).substring(0, 16);

    private PageScript() {}

    /** The script's text, ES5 and strict: columns, the views of widgets and figures, signs, and what speaks the protocol. */
    public static String source() {
        return SOURCE;
    }

    /** The part of it that knows what Panel's models and pages look like, for whoever watches a page that has scripts of its own. */
    public static String signs() {
        return SIGNS;
    }

    /** Sixteen hex digits that change with the text, for a URL that may be cached for ever. */
    public static String version() {
        return VERSION;
    }

    /** A text that comes with this package. */
    static String read(String name) {
        try (InputStream in = PageScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "expected the resource " + name + " beside " + PageScript.class + "; rebuild the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
