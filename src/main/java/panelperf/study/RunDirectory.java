package panelperf.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where one run's files are.
 *
 * @param id the directory's name, unique below the results directory
 * @param path the directory, which exists
 */
record RunDirectory(String id, Path path) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Makes a run's directory and names it in {@code lastRun.txt} beside it.
     *
     * @param epochMs when the run began
     * @throws StudyStopped when it cannot be written
     */
    static RunDirectory make(Path results, String simulation, double epochMs) {
        String id = simulation.toLowerCase(Locale.ROOT) + "-" + STAMP.format(Instant.ofEpochMilli((long) epochMs));
        try {
            Path path = Files.createDirectories(results.resolve(id));
            Files.writeString(results.resolve("lastRun.txt"), id + "\n");
            return new RunDirectory(id, path);
        } catch (IOException e) {
            throw new StudyStopped("option results: expected a directory that can be written, found '" + results + "' ("
                    + e + "); name another with -Dresults");
        }
    }

    Path targetLog() {
        return path.resolve("target.log");
    }

    Path warmUpLog() {
        return path.resolve("warm-up.log");
    }
}
