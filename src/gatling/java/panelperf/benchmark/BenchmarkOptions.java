package panelperf.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may be set, as system properties.
 *
 * @param users at once, each with one page life after the other
 * @param rounds turns of each server that count
 * @param seconds of a turn
 * @param warmUpSeconds of a JVM's turn before those, until its code is compiled
 * @param idleSessions held open at the end; 0 leaves that part out
 * @param python an interpreter with Panel; empty when there is none
 */
record BenchmarkOptions(
        int users, int rounds, int seconds, int warmUpSeconds, int idleSessions, Optional<Path> python) {
    private static final int MOST = 100_000;

    /** Reads {@code users} (8), {@code rounds} (3), {@code seconds} (10), {@code warmUpSeconds} (40) and {@code
     * idleSessions} (10,000). */
    static BenchmarkOptions read(Function<String, @Nullable String> property) {
        return new BenchmarkOptions(
                count(property, "users", 8, 1),
                count(property, "rounds", 3, 1),
                count(property, "seconds", 10, 1),
                count(property, "warmUpSeconds", 40, 1),
                count(property, "idleSessions", 10_000, 0),
                findPython());
    }

    private static int count(Function<String, @Nullable String> property, String name, int standard, int least) {
        String text = property.apply(name);
        try {
            int found = text == null ? standard : Integer.parseInt(text);
            if (found >= least && found <= MOST) {
                return found;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("-D" + name + ": expected " + least + " to " + MOST + ", found '" + text
                + "'; leave it out for " + standard);
    }

    private static Optional<Path> findPython() {
        String named = System.getenv("PANELPERF_PYTHON");
        return Optional.of(Path.of(named == null ? ".venv/bin/python" : named)).filter(Files::isExecutable);
    }

    /** A server that is no JVM has nothing to compile. */
    Duration turn(Server server, int number) {
        return Duration.ofSeconds(number == 0 && server != Server.PANEL ? warmUpSeconds : seconds);
    }
}
