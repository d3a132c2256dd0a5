package panelperf.headless;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import panelperf.RealParts;

/** The study's page on a real Panel server, on a free port. */
public final class RealPanel implements AutoCloseable {
    private final Process process;
    private final URI url;

    private RealPanel(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    public static RealPanel start() throws IOException {
        return start("hello.py");
    }

    /** The page of a script in {@code src/test/python}. */
    static RealPanel start(String script) throws IOException {
        Process process = new ProcessBuilder(RealParts.python().toString(), "-W", "ignore", "src/test/python/" + script)
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                drain(out);
                return new RealPanel(process, URI.create(line.substring("ready ".length())));
            }
            printed.append(line).append('\n');
        }
        throw new IOException("Panel did not start; it printed:\n" + printed);
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(
                () -> out.lines().forEach(line -> {
                    // nobody reads a test server's log, unless it fails to start
                }),
                "panel-output");
        reader.setDaemon(true);
        reader.start();
    }

    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
