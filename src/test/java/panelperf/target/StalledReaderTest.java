package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StalledReaderTest {
    private final Refusals refusals = new Refusals();
    private final EmbeddedChannel channel = new EmbeddedChannel(new StalledReader(refusals));

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void a_client_that_takes_nothing_for_half_a_minute_is_let_go() {
        writable(false);
        pass(StalledReader.LONGEST_STALL_SECONDS - 1);
        assertThat(channel.isOpen()).isTrue();

        pass(1);

        assertThat(channel.isOpen()).isFalse();
        assertThat(refusals.of(Refusal.TOO_SLOW)).isEqualTo(1);
    }

    @Test
    void a_client_that_takes_what_there_is_stays() {
        for (int i = 0; i < 5; i++) {
            writable(false);
            pass(StalledReader.LONGEST_STALL_SECONDS - 1);
            writable(true);
            pass(1);
        }

        assertThat(channel.isOpen()).isTrue();
        assertThat(refusals.of(Refusal.TOO_SLOW)).isZero();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
