package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PutOffTest {
    @Test
    void where_ends_were_felt_before_the_collection_it_is_half_of_the_time_between() {
        List<Batch> batches = List.of(batch(20_000, 29_900), batch(20_000, 30_000), batch(20_000, 30_100));

        PutOff putOff = PutOff.of(batches);

        assertThat(putOff).isEqualTo(new PutOff(5_000, 3));
        assertThat(putOff.finding(batches).value()).isEqualTo("5000ms");
        assertThat(putOff.end(batches.get(0))).isEqualTo(new Expiry.Seen(0, 20_000_000_000L));
    }

    @Test
    void a_pause_of_the_machine_before_one_collection_does_not_count() {
        List<Batch> batches = List.of(batch(20_000, 20_000), batch(22_000, 25_000), batch(20_000, 20_000));

        PutOff putOff = PutOff.of(batches);

        assertThat(putOff).isEqualTo(new PutOff(5_000, 0));
        assertThat(putOff.finding(batches).how()).contains("not felt");
    }

    @Test
    void ends_that_were_not_felt_are_twice_the_time_before_their_collection() {
        Batch batch = batch(30_000, 30_000);

        assertThat(new PutOff(5_000, 0).end(batch)).isEqualTo(new Expiry.Seen(0, 20_000_000_000L));
    }

    /** What was felt first and most, ms after the sockets closed. */
    private static Batch batch(long firstMs, long paidMs) {
        Spell first = new Spell(firstMs * 1_000_000, (firstMs + 40) * 1_000_000, 1, 30);
        Spell paid = new Spell(paidMs * 1_000_000, (paidMs + 170) * 1_000_000, 1, 150);
        return new Batch(10, 0, 60, 0, firstMs == paidMs ? paid : first, paid);
    }
}
