package panelperf.target.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionKey;
import panelperf.session.Work;
import panelperf.time.Timeline;

/** A real recording of this JVM. */
@Timeout(120)
final class RecordingsTest {
    private static final Timeline TIMELINE = new Timeline(0, 1_795_459_000_000.0);

    @Test
    void phases_holds_and_uses_are_events_of_a_recording_which_is_one_at_a_time() throws Exception {
        SessionKey key = new SessionKey("name", 3);
        History history = new History(() -> 0, TIMELINE, Limits.standard());
        Path file;
        try (Recordings recordings = new Recordings(() -> 0, TIMELINE)) {
            assertThat(recordings.stop()).isFalse();
            assertThat(recordings.start()).isTrue();
            assertThat(recordings.start()).isFalse();
            assertThat(recordings.status().stage()).isEqualTo(RecordingStatus.Stage.RUNNING);

            history.changed(new ServerSession(
                    key, 0, 0, OptionalLong.of(5_000_000), none(), none(), none(), none(), none(), none()));
            history.held(new Hold(Work.INITIALISE, Optional.of(key), 0, 1_000_000, 5_000_000));
            history.rendered(new PoolUse(key, 0, 0, 2_000_000, 9_000_000));
            assertThat(recordings.stop()).isTrue();

            file = recordings.finished().orElseThrow();
            assertThat(recordings.status().bytes()).isEqualTo(Files.size(file)).isPositive();
            List<RecordedEvent> ours = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("panelperf."))
                    .toList();
            assertThat(ours)
                    .extracting(event -> event.getEventType().getName())
                    .containsExactlyInAnyOrder("panelperf.SessionPhase", "panelperf.LoopHold", "panelperf.PoolUse");
            assertThat(ours)
                    .filteredOn(event -> event.hasField("phase"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getString("phase")).isEqualTo("initialising");
                        assertThat(event.getString("session")).isEqualTo("name");
                        assertThat(event.getDuration("lasted").toMillis()).isEqualTo(5);
                        assertThat(event.getInstant("began").toEpochMilli()).isEqualTo(1_795_459_000_000L);
                    });
            assertThat(ours)
                    .filteredOn(event -> event.hasField("held"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getDuration("held").toMillis()).isEqualTo(4);
                        assertThat(event.getDuration("waited").toMillis()).isEqualTo(1);
                    });
        }
        assertThat(file).doesNotExist();
    }

    private static OptionalLong none() {
        return OptionalLong.empty();
    }
}
