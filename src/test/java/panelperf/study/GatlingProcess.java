package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Gatling in a process of its own, as the Maven plugin starts it: for what only a whole process can show, its exit code,
 * its console, and what is left of it after it was killed.
 */
final class GatlingProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Path directory;
    private final List<ProcessHandle> children = new ArrayList<>();

    private GatlingProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts a simulation; the settings are system properties, for example {@code users=3}. */
    static GatlingProcess start(Path directory, String simulation, String... settings) throws IOException {
        return new GatlingProcess(launch(directory, command(directory, simulation, settings)), directory);
    }

    /** The same as the child of a shell that has Maven's look, which is what the run looks for in its parent. */
    static GatlingProcess startUnderMaven(Path directory, String simulation, String... settings) throws IOException {
        StringBuilder line = new StringBuilder(": plexus-classworlds;");
        for (String word : command(directory, simulation, settings)) {
            line.append(" '").append(word).append('\'');
        }
        return new GatlingProcess(launch(directory, List.of("sh", "-c", line + "; exit $?")), directory);
    }

    /**
     * A shell that was started in the background ignores Ctrl-C, and with it all that it starts; GNU env makes it heard
     * again.
     */
    private static Process launch(Path directory, List<String> command) throws IOException {
        List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
        hearing.addAll(command);
        return new ProcessBuilder(System.getProperty("os.name").equals("Linux") ? hearing : command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.txt").toFile())
                .start();
    }

    private static List<String> command(Path directory, String simulation, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-Dresults=" + directory.resolve("results")));
        Arrays.stream(settings).map(setting -> "-D" + setting).forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.gatling.app.Gatling",
                "-s",
                simulation.contains(".") ? simulation : "panelperf.simulation." + simulation,
                "-rf",
                directory.resolve("gatling").toString(),
                "-nr"));
        return command;
    }

    /** Waits until this many visits have ended, by the journal. */
    GatlingProcess untilVisitsEnded(int count) {
        until("visits ended: " + count, () -> journalLines("\"event\":\"end\"") >= count);
        process.descendants().forEach(children::add);
        assertThat(children).as("the run has started its target").isNotEmpty();
        return this;
    }

    /** Waits until the console has this text. */
    GatlingProcess untilConsole(String text) {
        until("the console says: " + text, () -> console().contains(text));
        process.descendants().forEach(children::add);
        return this;
    }

    /** Waits until the run has started so many processes that live. */
    GatlingProcess untilChildren(int count) {
        until(
                "children: " + count,
                () -> process.descendants()
                                .filter(child -> !isBeingStarted(child))
                                .count()
                        >= count);
        process.descendants().forEach(children::add);
        return this;
    }

    /** Whether it is still the JDK's helper, which a signal would end before it has become what it is to be. */
    private static boolean isBeingStarted(ProcessHandle child) {
        return child.info()
                .command()
                .filter(command -> !command.endsWith("jspawnhelper"))
                .isEmpty();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(() -> "the run ends; its console:\n" + console())
                .isTrue();
        return process.exitValue();
    }

    /** The processes that the run had started, when {@link #untilVisitsEnded} returned. */
    List<ProcessHandle> children() {
        return List.copyOf(children);
    }

    void untilChildrenAreGone() {
        until("the children are gone", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Lets the run, but not its target, have a fifth of its time for four seconds. */
    void starve() throws IOException {
        String pid = Long.toString(process.pid());
        String loop = "for i in $(seq 40); do kill -STOP $0; sleep 0.08; kill -CONT $0; sleep 0.02; done";
        children.add(new ProcessBuilder("sh", "-c", loop, pid).start().toHandle());
    }

    void kill(String signal) throws IOException, InterruptedException {
        kill(signal, process.pid());
    }

    void killChildren(String signal) throws IOException, InterruptedException {
        kill(signal, children.stream().mapToLong(ProcessHandle::pid).toArray());
    }

    /** To every process of the run, as a terminal's Ctrl-C does; a browser's processes may end by themselves meanwhile. */
    void killAll(String signal) throws IOException, InterruptedException {
        kill(signal);
        for (ProcessHandle child : children) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static void kill(String signal, long... pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        Arrays.stream(pids).mapToObj(Long::toString).forEach(command::add);
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    String console() {
        return read(directory.resolve("console.txt"));
    }

    /** The directory of the one run that was made. */
    Path run() {
        try (Stream<Path> runs = Files.list(directory.resolve("results"))) {
            return runs.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many visits of the canary have ended, by its journal. */
    GatlingProcess untilCanaryVisitsEnded(int count) {
        until("canary's visits ended: " + count, () -> lines("canary.ndjson", "\"outcome\"") >= count);
        return this;
    }

    private long journalLines(String part) {
        return lines("visits.ndjson", part);
    }

    private long lines(String name, String part) {
        Path results = directory.resolve("results");
        if (!Files.isDirectory(results)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.endsWith(name))
                    .flatMap(file -> read(file).lines())
                    .filter(line -> line.contains(part))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void until(String what, BooleanSupplier reached) {
        for (long i = 0; i < PATIENCE_SECONDS * 50; i++) {
            if (reached.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("waited " + PATIENCE_SECONDS + " s for: " + what + "; the console:\n" + console());
    }

    /** Ends what a failed test has left. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
