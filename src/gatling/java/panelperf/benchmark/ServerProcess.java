package panelperf.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a child process, which ends with this one: its standard input is our pipe, or we end it. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("(http://localhost:\\d+/)");

    private final Process process;
    private final URI url;

    private ServerProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** A main class of our class path, in a JVM like all the others. */
    static ServerProcess java(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a server and waits for the line that names its address. */
    static ServerProcess start(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "benchmark-server-end"));
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder printed = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    drain(out);
                    return new ServerProcess(process, URI.create(ready.group(1)));
                }
                printed.append(line).append('\n');
            }
            throw new IllegalStateException(
                    "expected a server that says where it listens, found the end of '" + command + "':\n" + printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(
                () -> {
                    try {
                        for (String line = out.readLine(); line != null; line = out.readLine()) {
                            System.err.println("  server: " + line);
                        }
                    } catch (IOException e) {
                        // The server was ended, and its pipe with it.
                    }
                },
                "benchmark-server-output");
        reader.setDaemon(true);
        reader.start();
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** CPU time of the process so far, all threads. */
    double cpuMs() {
        return process.info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e6)
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
