package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpiryTest {
    @Test
    void what_fits_bokehs_own_times_is_said_to_be_them() {
        for (long seed = 0; seed < 100; seed++) {
            Expiry expiry = Expiry.of(seen(15, 17, new SplittableRandom(seed)));

            assertThat(expiry.standard()).as("seed %d", seed).isTrue();
            assertThat(expiry.lifetimeMs()).isEqualTo(15_000);
            assertThat(expiry.periodMs()).isEqualTo(17_000);
        }
    }

    /** The times at which batches are left are chosen so that a few ends tell both times. */
    @ParameterizedTest
    @CsvSource({"3, 2", "1, 1.5", "60, 10", "0.5, 4", "15, 5"})
    void other_times_are_found_from_the_ends(double lifetime, double period) {
        for (long seed = 0; seed < 200; seed++) {
            Expiry expiry = Expiry.of(seen(lifetime, period, new SplittableRandom(seed)));

            assertThat(expiry.standard()).as("seed %d", seed).isFalse();
            assertThat(expiry.periodMs() / 1e3).as("seed %d", seed).isCloseTo(period, within(0.03 * period));
            assertThat(expiry.lifetimeMs() / 1e3).as("seed %d", seed).isCloseTo(lifetime, within(0.3 * period));
        }
    }

    @Test
    void the_findings_tell_what_was_seen() {
        List<Finding> findings =
                new Expiry(15_000, 17_000, true).findings(List.of(new Expiry.Seen(0, 21_500_000_000L)));

        assertThat(findings)
                .containsExactly(
                        new Finding(
                                "unused-lifetime",
                                "15000ms",
                                "Bokeh's own, which fits what was seen: sessions ended 21.50 s after their sockets"),
                        new Finding("check-period", "17000ms", "from the same"));
    }

    /** Six batches, each opened within a part of a period and left when it is best. */
    private static List<Expiry.Seen> seen(double lifetime, double period, SplittableRandom random) {
        List<Expiry.Seen> seen = new ArrayList<>();
        double now = period * random.nextDouble();
        for (int batch = 0; batch < 6; batch++) {
            long ready = Math.round((now + period * (0.1 + 0.5 * random.nextDouble())) * 1e9);
            long closed = Expiry.nextClose(seen, ready);
            assertThat(closed).isGreaterThanOrEqualTo(ready);
            double end = Math.ceil((closed / 1e9 + lifetime) / period) * period + 0.02 * random.nextDouble();
            seen.add(new Expiry.Seen(closed, Math.round(end * 1e9)));
            now = end;
        }
        return seen;
    }

    @Test
    void a_single_end_still_gives_an_answer() {
        Expiry expiry = Expiry.of(List.of(new Expiry.Seen(0, 3_000_000_000L)));

        assertThat(expiry.lifetimeMs()).isCloseTo(1_500, within(1_500.0));
    }
}
