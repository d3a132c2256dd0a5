package panelperf.headless;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Our own scripts for pages. */
final class Scripts {
    static final String WEBSOCKET = resource("websocket.js");
    static final String STEPS = resource("steps.js");
    static final String SHIM = resource("shim.js");
    static final String WATCH = resource("watch.js");

    private Scripts() {}

    private static String resource(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + name + " beside " + Scripts.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
