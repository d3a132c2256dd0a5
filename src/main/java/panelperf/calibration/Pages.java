package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What making a page's document takes.
 *
 * @param bursts of pages at once, the first of them when few sessions had been, the last when many had
 * @param lone of pages by themselves, from the request to the last byte, ms
 */
record Pages(List<Burst> bursts, Sample lone) {
    /** A page for which a server that had rested was asked by itself takes longer than one among many. */
    private boolean oneByOne() {
        return 2 * bursts.stream().filter(Burst::isOneByOne).count() > bursts.size();
    }

    /** How much more CPU for each session that there had been, ms: Theil and Sen's median of slopes; 0 where it falls. */
    private double growthMs() {
        Sample slopes = new Sample();
        for (Burst one : bursts) {
            for (Burst other : bursts) {
                if (other.served() > one.served() + bursts.get(0).lives().size() * 4) {
                    slopes.add((other.cpuMs() - one.cpuMs()) / (other.served() - one.served()));
                }
            }
        }
        return oneByOne() ? Math.max(0, slopes.median()) : 0;
    }

    private Sample each() {
        Sample each = new Sample();
        double growth = growthMs();
        for (Burst burst : bursts) {
            burst.gaps().forEach(ms -> each.add(Math.max(0, ms - growth * burst.served())));
        }
        return each;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "init",
                oneByOne() ? "sequential" : "parallel",
                String.format(
                        Locale.ROOT,
                        "of %d pages asked for at once the first came after %.1f ms, the second after %.1f ms; medians of"
                                + " %d",
                        bursts.get(0).lives().size(),
                        median(Burst::firstMs),
                        median(Burst::secondMs),
                        bursts.size())));
        Sample init = oneByOne() ? each() : lone;
        findings.add(new Finding(
                "init-time",
                OptionText.spread(init),
                oneByOne()
                        ? "how much later each of them came, less the growth: " + init.text() + "; by themselves: "
                                + lone.text()
                        : "GET of the page, to its last byte: " + lone.text()));
        StringBuilder cpu = new StringBuilder("CPU of each of them, after so many sessions:");
        bursts.forEach(
                burst -> cpu.append(String.format(Locale.ROOT, " %.1f ms after %.0f,", burst.cpuMs(), burst.served())));
        findings.add(new Finding("log-growth", OptionText.ms(growthMs()), cpu + " by the median of slopes"));
        return findings;
    }

    private double median(ToDoubleFunction<Burst> value) {
        Sample sample = new Sample();
        bursts.forEach(burst -> sample.add(value.applyAsDouble(burst)));
        return sample.median();
    }
}
