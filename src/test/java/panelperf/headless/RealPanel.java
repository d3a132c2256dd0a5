package panelperf.headless;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import panelperf.RealParts;

/** A real Panel or Bokeh server in a process of its own, on a free port; by default with the study's page. */
public final class RealPanel implements AutoCloseable {
    /** What our own programs print, and what {@code bokeh serve} and {@code panel serve} do. */
    private static final Pattern READY = Pattern.compile("(?:^ready|Bokeh app running at:) (\\S+)");

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
        return start(RealParts.python(), "src/test/python/" + script);
    }

    /**
     * Starts Python with arguments, and waits until it prints where it serves.
     *
     * @throws IOException when it ends without having done so, with what it printed
     */
    public static RealPanel start(Path python, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-W", "ignore"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(out);
                return new RealPanel(process, URI.create(ready.group(1)));
            }
            printed.append(line).append('\n');
        }
        throw new IOException("Panel did not start; it printed:\n" + printed);
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(
                () -> {
                    try (out) {
                        out.transferTo(
                                Writer.nullWriter()); // nobody reads a test server's log, unless it fails to start
                    } catch (IOException e) {
                        return; // it was ended
                    }
                },
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
        List<ProcessHandle> children = process.descendants().toList();
        if (children.isEmpty()) {
            process.destroy();
            return;
        }
        // With --num-procs: the parent first and at once, or it forks others in their place.
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
