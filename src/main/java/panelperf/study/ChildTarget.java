package panelperf.study;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our target as a process of its own. It watches its standard input, whose other end this process holds, and ends when
 * that ends: by {@link #close}, and by any death of this process.
 *
 * <p>It is deaf to a terminal's Ctrl-C, which is meant for this process but goes to all of the terminal's: a target that
 * dies of it, before this process has even noticed, looks like one that failed. A signal handler of its own would come
 * too late, because a JVM has none in its first tenths of a second.
 */
final class ChildTarget implements AutoCloseable {
    private static final String MAIN = "panelperf.app.Main";
    private static final Pattern READY = Pattern.compile("target at (http://\\S+)");
    private static final long READY_SECONDS = 30;
    private static final long STOP_SECONDS = 5;
    private static final Path SHELL = Path.of("/bin/sh");
    /** A JVM that is born with a signal ignored leaves it so. */
    private static final String DEAF = "trap '' INT HUP; exec \"$@\"";

    private final Process process;
    private final Path log;
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private ChildTarget(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the target and waits until it is ready.
     *
     * @param port where it listens; 0: any free port
     * @param knobs how it is to behave
     * @param log receives everything it prints
     * @param holdings are given the target before it is ready, so that a run that is stopped does not wait for it
     * @throws StudyStopped when it does not become ready, with the last line that it printed
     */
    static ChildTarget start(int port, TargetKnobs knobs, Path log, Holdings holdings) {
        ChildTarget target = holdings.hold(new ChildTarget(launch(port, knobs), log));
        Thread reader = new Thread(target::copy, "target-log");
        reader.setDaemon(true);
        reader.start();
        target.untilReady();
        return target;
    }

    private void untilReady() {
        try {
            ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            process.destroyForcibly();
            throw new StudyStopped("our target did not start: " + reason(e) + "; see " + log);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new StudyStopped("our target did not start within " + READY_SECONDS + " s; see " + log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new StudyStopped("interrupted while our target started");
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    private static Process launch(int port, TargetKnobs knobs) {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            command.addAll(List.of(SHELL.toString(), "-c", DEAF, "sh"));
        }
        command.add(java);
        command.addAll(knobs.jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of("serve", "--port", Integer.toString(port), "--until-stdin-closes"));
        try {
            ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
            // With the owner's secret this run could not ask its own target for its sessions.
            child.environment().remove("PANELPERF_ADMIN_SECRET");
            return child.start();
        } catch (IOException e) {
            throw new StudyStopped("our target did not start: " + e.getMessage() + "; is " + java + " there?");
        }
    }

    /** On a thread of its own, to the end of the child's output. */
    private void copy() {
        String last = "it printed nothing";
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line + "\n");
                out.flush();
                last = line;
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            last = e.toString();
        }
        ready.completeExceptionally(new IOException(last));
    }

    /** Where it listens. */
    URI url() {
        return ready.join();
    }

    /** CPU time of the child so far, all threads, ms; empty when the platform does not tell. */
    OptionalDouble cpuMs() {
        return process.info()
                .totalCpuDuration()
                .map(time -> OptionalDouble.of(time.toNanos() / 1e6))
                .orElse(OptionalDouble.empty());
    }

    /** Ends the child and waits for it; one that is not ready yet has nothing to end. May be called again. */
    @Override
    public void close() {
        if (!ready.isDone()) {
            process.destroyForcibly();
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // its end of the pipe is gone already: it is ending
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
