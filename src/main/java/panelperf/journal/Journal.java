package panelperf.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import panelperf.run.HealthSample;
import panelperf.run.RecordedSession;
import panelperf.run.RunInfo;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Visit;
import panelperf.visit.VisitListener;
import panelperf.visit.VisitStart;

/**
 * Writes a run down while it happens. Any thread may call it.
 *
 * <p>The first failure to write is said at once, on the error stream, and remembered; what was written before stays.
 */
public final class Journal implements VisitListener, AutoCloseable {
    static final String VISITS = "visits.ndjson";
    static final String HEALTH = "health.ndjson";
    static final String SESSIONS = "sessions.ndjson";
    static final String CANARY = "canary.ndjson";
    static final String RUN = "run.json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path directory;
    private final PrintStream errors;
    private final OutputStream visits;
    private final OutputStream health;
    private @Nullable OutputStream canary;
    private volatile RunInfo info;
    private volatile @Nullable String failure;
    private boolean closed;
    private boolean finished;

    private Journal(Path directory, RunInfo info, PrintStream errors, OutputStream visits, OutputStream health) {
        this.directory = directory;
        this.info = info;
        this.errors = errors;
        this.visits = visits;
        this.health = health;
    }

    /**
     * Begins a journal.
     *
     * @param directory exists
     * @param errors where a failure to write is said
     * @throws IOException when the directory cannot be written
     */
    public static Journal open(Path directory, RunInfo info, PrintStream errors) throws IOException {
        OutputStream visits = new FileOutputStream(directory.resolve(VISITS).toFile());
        OutputStream health = new FileOutputStream(directory.resolve(HEALTH).toFile());
        Journal journal = new Journal(directory, info, errors, visits, health);
        journal.replaceRun("running", null, null);
        return journal;
    }

    /** Writes down what the run has found out about itself since it began; nothing once it is finished. */
    public void describe(RunInfo known) {
        info = known;
        try {
            replaceRun("running", null, null);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void started(VisitStart start) {
        append(visits, VisitLine.start(mapper, info.id(), start));
    }

    @Override
    public void ended(Visit visit) {
        append(visits, VisitLine.end(mapper, info.id(), visit));
    }

    /** Writes down how the injector was. */
    public void health(HealthSample sample) {
        append(health, HealthLine.of(mapper, info.id(), sample));
    }

    /** Writes down what the server told of its sessions, all at once: it is asked only when the load is over. */
    public void sessions(List<RecordedSession> told) {
        if (failure != null) {
            return;
        }
        try (OutputStream file = new BufferedOutputStream(
                new FileOutputStream(directory.resolve(SESSIONS).toFile()))) {
            for (RecordedSession session : told) {
                String line = mapper.writeValueAsString(SessionLine.of(mapper, info.id(), session)) + "\n";
                file.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Writes down what the canary saw. Its file begins with its first visit: most runs have none. */
    public synchronized void canary(CanaryVisit visit) {
        OutputStream file = canary;
        if (file == null && failure == null && !closed) {
            try {
                file = new FileOutputStream(directory.resolve(CANARY).toFile());
                canary = file;
            } catch (IOException e) {
                fail(e);
            }
        }
        if (file != null) {
            append(file, CanaryLine.of(mapper, info.id(), visit));
        }
    }

    private synchronized void append(OutputStream file, JsonNode line) {
        if (failure != null || closed) {
            return; // after the end there is nothing to be told
        }
        try {
            file.write((mapper.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        if (failure == null) {
            failure = "the journal in " + directory + " cannot be written: " + e.getMessage();
            errors.println(failure + "; the run goes on, but it will not end well; free the disk and run again");
        }
    }

    /** Why the journal is not whole; empty while it is. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Writes the run's end into {@code run.json}, where it stays.
     *
     * @param interrupted whether it was stopped before its end
     * @param verdict the verdict's sentence
     * @param exitCode 0 when it is good
     */
    public void finish(boolean interrupted, String verdict, int exitCode) {
        try {
            replaceRun(interrupted ? "interrupted" : "finished", verdict, exitCode);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Whole at any time: a new file takes the old one's place. */
    private synchronized void replaceRun(String state, @Nullable String verdict, @Nullable Integer exitCode)
            throws IOException {
        if (finished) {
            return; // a phase that was cut off may notice late
        }
        finished = exitCode != null;
        ObjectNode run = mapper.createObjectNode()
                .put("v", VisitLine.VERSION)
                .put("id", info.id())
                .put("state", state)
                .put("simulation", info.simulation())
                .put("url", info.url())
                .put("server", info.server())
                .put("startedMs", VisitLine.rounded(info.startedMs()));
        info.scenarios().forEach(run.putArray("scenarios")::add);
        ObjectNode settings = run.putObject("settings");
        info.settings().forEach(settings::put);
        ObjectNode environment = run.putObject("environment");
        info.environment().forEach(environment::put);
        run.put("verdict", verdict).put("exitCode", exitCode);
        Path fresh = directory.resolve(RUN + ".new");
        Files.writeString(fresh, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n");
        Files.move(fresh, directory.resolve(RUN), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            visits.close();
            health.close();
            OutputStream third = canary;
            if (third != null) {
                third.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }
}
