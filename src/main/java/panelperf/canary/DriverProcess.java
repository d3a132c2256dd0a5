package panelperf.canary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ChromeDriver as a child of this process, and whatever it starts. It ends with {@link #close} and with any death of this
 * process. Any thread may call it.
 */
final class DriverProcess implements AutoCloseable {
    static final Path SHELL = Path.of("/bin/sh");

    /**
     * The driver and its browsers are a process group of their own. Its end is no polite one: profiles and files lie in a
     * directory of ours, which goes too. A process that is being killed may still write there, so it is removed twice. The
     * shell itself writes nowhere, so that the output ends when the driver does.
     */
    private static final String GUARD = """
            trap '' INT HUP
            if command -v setsid >/dev/null 2>&1; then setsid "$@" </dev/null & else set -m; "$@" </dev/null & fi
            group=$!
            exec >/dev/null 2>&1
            cat >/dev/null
            kill -KILL -"$group" 2>/dev/null
            rm -rf "$TMPDIR" 2>/dev/null || { sleep 1; rm -rf "$TMPDIR"; }
            """;

    private static final Pattern READY = Pattern.compile("started successfully on port (\\d+)");
    private static final long READY_SECONDS = 20;
    private static final long STOP_SECONDS = 5;

    private final Process guard;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private DriverProcess(Process guard) {
        this.guard = guard;
    }

    /**
     * Starts it; it is not ready yet.
     *
     * @throws CannotStart when there is no process
     */
    static DriverProcess start(Path driver) throws CannotStart {
        try {
            Path files = Files.createTempDirectory("panelperf-canary");
            ProcessBuilder command = new ProcessBuilder(
                            List.of(SHELL.toString(), "-c", GUARD, "canary", driver.toString(), "--port=0"))
                    .redirectErrorStream(true);
            command.environment().put("TMPDIR", files.toString());
            DriverProcess process = new DriverProcess(command.start());
            Thread reader = new Thread(process::read, "canary-driver");
            reader.setDaemon(true);
            reader.start();
            return process;
        } catch (IOException e) {
            throw new CannotStart(driver + " does not start: " + e.getMessage());
        }
    }

    /** On a thread of its own, to the end of the driver's output, so that it is never held up by a full pipe. */
    private void read() {
        String last = "it printed nothing";
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                last = line;
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            last = String.valueOf(e.getMessage());
        }
        port.completeExceptionally(new IOException(last));
    }

    /**
     * Where it listens, once it does.
     *
     * @throws CannotStart when it ends before, or does not come up within 20 s
     */
    URI address() throws CannotStart, InterruptedException {
        try {
            return URI.create("http://localhost:" + port.get(READY_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CannotStart("ChromeDriver does not start: " + cause.getMessage());
        } catch (TimeoutException e) {
            throw new CannotStart("ChromeDriver does not start: not ready within " + READY_SECONDS + " s");
        }
    }

    /** Kills the driver and its browsers and waits until they are gone. May be called again. */
    @Override
    public void close() {
        List<ProcessHandle> started = guard.descendants().toList();
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            return; // its end of the pipe is gone: so is the guard, and its work was done
        }
        try {
            if (!guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                started.forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            started.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
