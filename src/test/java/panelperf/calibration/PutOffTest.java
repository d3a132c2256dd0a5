package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import panelperf.session.Knobs;

final class PutOffTest {
    @Test
    void where_ends_were_felt_before_the_collection_it_is_half_of_the_time_between() {
        List<Batch> batches = List.of(batch(20_000, 29_900), batch(20_000, 30_000), batch(20_000, 30_100));

        PutOff putOff = PutOff.of(batches);

        assertThat(putOff).isEqualTo(new PutOff(5_000, 3));
        assertThat(putOff.finding(batches).value()).isEqualTo("5000ms");
        assertThat(putOff.ends(batches)).hasSize(3).first().isEqualTo(new Expiry.Seen(0, 20_000_000_000L));
    }

    /** Seen of Panel 1.4.5 where ten ends take 50 ms: of one batch the collection was felt alone, of another the ends. */
    @Test
    void beside_batches_of_which_both_were_felt_one_of_which_one_was_says_nothing() {
        List<Batch> batches =
                List.of(batch(40_700, 40_700), batch(31_400, 41_300), batch(20_900, 30_800), batch(19_100, 19_100));

        PutOff putOff = PutOff.of(batches);

        assertThat(putOff).isEqualTo(new PutOff(4_950, 2));
        assertThat(putOff.ends(batches))
                .containsExactly(new Expiry.Seen(0, 31_400_000_000L), new Expiry.Seen(0, 20_900_000_000L));
        assertThat(Endings.of(batches).mode()).isEqualTo(Knobs.Mode.DEBOUNCED);
        assertThat(Endings.of(batches).endMs()).isEqualTo(4);
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

        assertThat(new PutOff(5_000, 0).ends(List.of(batch))).containsExactly(new Expiry.Seen(0, 20_000_000_000L));
    }

    /** What was felt first and most, ms after the sockets closed. */
    private static Batch batch(long firstMs, long paidMs) {
        Spell first = new Spell(firstMs * 1_000_000, (firstMs + 40) * 1_000_000, 1, 30);
        Spell paid = new Spell(paidMs * 1_000_000, (paidMs + 170) * 1_000_000, 1, 150);
        return new Batch(10, 0, 60, 0, firstMs == paidMs ? paid : first, paid);
    }
}
