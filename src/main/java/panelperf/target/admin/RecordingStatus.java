package panelperf.target.admin;

import java.io.IOException;
import java.util.Locale;

/**
 * How a JFR recording stands.
 *
 * @param startedEpochMs when it started; 0 where there is none
 * @param endsEpochMs when it ends by itself, or ended; 0 where there is none
 * @param bytes how large the finished recording is; 0 before that
 */
public record RecordingStatus(Stage stage, double startedEpochMs, double endsEpochMs, long bytes) {
    /** Where it is. */
    public enum Stage {
        /** None has been made. */
        NONE,
        /** It records. */
        RUNNING,
        /** It can be downloaded. */
        READY,
        /** This JVM cannot record. */
        UNAVAILABLE
    }

    static RecordingStatus none() {
        return new RecordingStatus(Stage.NONE, 0, 0, 0);
    }

    void write(JsonText json) throws IOException {
        json.text("stage", stage.name().toLowerCase(Locale.ROOT));
        json.epoch("startedMs", startedEpochMs);
        json.epoch("endsMs", endsEpochMs);
        json.number("bytes", bytes);
    }

    /** For whoever asked for a change of it. */
    public String json() {
        return "{\"stage\":\"" + stage.name().toLowerCase(Locale.ROOT) + "\"}";
    }
}
