package panelperf.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimelineTest {
    @Test
    void wall_time_is_the_anchor_plus_the_monotonic_difference() {
        Timeline timeline = new Timeline(5_000_000_000L, 1_700_000_000_000.0);

        assertThat(timeline.epochMs(5_001_500_000L)).isEqualTo(1_700_000_000_001.5);
        assertThat(timeline.epochMs(4_999_000_000L)).isEqualTo(1_699_999_999_999.0);
    }

    @Test
    void differences_survive_the_tickers_overflow() {
        assertThat(Timeline.millisBetween(Long.MAX_VALUE, Long.MIN_VALUE + 999_999))
                .isEqualTo(1.0);
    }

    @Test
    void the_systems_ticker_never_goes_back() {
        Ticker ticker = Ticker.system();
        long before = ticker.nanos();

        assertThat(ticker.nanos() - before).isNotNegative();
    }
}
