package panelperf.target.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/**
 * JFR recordings of this process, one at a time, bounded in time and size; the newest is kept until the next one, or the
 * end. One thread's, which may block: the first start takes a second. {@link #status} any thread may ask.
 */
public final class Recordings implements AutoCloseable {
    /** A recording ends by itself after so long. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final long LARGEST_BYTES = 64L * 1024 * 1024;

    private final Ticker ticker;
    private final Timeline timeline;
    private volatile RecordingStatus status;
    private @Nullable Recording running;
    private @Nullable Path finished;

    public Recordings(Ticker ticker, Timeline timeline) {
        this.ticker = ticker;
        this.timeline = timeline;
        this.status = FlightRecorder.isAvailable()
                ? RecordingStatus.none()
                : new RecordingStatus(RecordingStatus.Stage.UNAVAILABLE, 0, 0, 0);
    }

    public RecordingStatus status() {
        return status;
    }

    /**
     * Starts one.
     *
     * @return whether it did; not while one runs, or where this JVM cannot
     */
    public boolean start() throws IOException {
        if (status.stage() == RecordingStatus.Stage.RUNNING || status.stage() == RecordingStatus.Stage.UNAVAILABLE) {
            return false;
        }
        forget();
        Recording recording = new Recording(profile());
        recording.setName("panel-performance");
        recording.setMaxSize(LARGEST_BYTES);
        recording.setDuration(LONGEST);
        recording.start();
        running = recording;
        double now = timeline.epochMs(ticker.nanos());
        status = new RecordingStatus(RecordingStatus.Stage.RUNNING, now, now + LONGEST.toMillis(), 0);
        return true;
    }

    private static Configuration profile() throws IOException {
        try {
            return Configuration.getConfiguration("profile");
        } catch (ParseException e) {
            throw new IOException("the JDK's own settings for profiling cannot be read; mend the JDK", e);
        }
    }

    /** Whether a running recording has reached its longest time; it is then to be stopped. */
    public boolean isOver() {
        return running != null && running.getState() == RecordingState.STOPPED;
    }

    /**
     * Stops it, and keeps what it recorded.
     *
     * @return whether one ran
     */
    public boolean stop() throws IOException {
        Recording recording = running;
        if (recording == null) {
            return false;
        }
        running = null;
        try (recording) {
            if (recording.getState() == RecordingState.RUNNING) {
                recording.stop();
            }
            Path file = Files.createTempFile("panel-performance-", ".jfr");
            finished = file;
            recording.dump(file);
            status = new RecordingStatus(
                    RecordingStatus.Stage.READY,
                    status.startedEpochMs(),
                    timeline.epochMs(ticker.nanos()),
                    Files.size(file));
        } catch (IOException | RuntimeException e) {
            status = RecordingStatus.none();
            throw e;
        }
        return true;
    }

    /** The finished recording; empty when there is none. */
    public Optional<Path> finished() {
        return Optional.ofNullable(finished);
    }

    private void forget() throws IOException {
        if (finished != null) {
            Files.deleteIfExists(finished);
            finished = null;
        }
        status = RecordingStatus.none();
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
        forget();
    }
}
