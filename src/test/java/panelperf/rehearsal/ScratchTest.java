package panelperf.rehearsal;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import panelperf.session.*;

final class ScratchTest {
    @Test
    void run() {
        Knobs p = new Knobs(
                new Knobs.Expiry(Duration.ofSeconds(15), Duration.ofSeconds(17), Knobs.CleanUp.BLOCKS),
                new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("75ms..100ms")),
                new Knobs.Rendering(Spread.parse("6.7ms"), 8),
                new Knobs.Destruction(
                        Knobs.Mode.EACH, Spread.parse("168ms"), Duration.ofMillis(2), Duration.ofSeconds(5)),
                new Knobs.LoopCosts(
                        Spread.parse("1ms"),
                        Spread.parse("2ms"),
                        Spread.parse("2ms"),
                        Spread.parse("2ms"),
                        Spread.zero(),
                        Spread.zero()),
                new Knobs.Delivery(Knobs.Wire.NAGLE, Knobs.Files.PANEL),
                Knobs.standard().limits());
        for (Knobs k : new Knobs[] {p, Knobs.standard()})
            for (int seed = 1; seed < 4; seed++) {
                long t = System.nanoTime();
                Rehearsed r = Rehearsal.play(k, seed);
                System.out.println(Symptoms.of(r) + " " + (System.nanoTime() - t) / 1e6 + " ms");
            }
    }
}
