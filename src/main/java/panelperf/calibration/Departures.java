package panelperf.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import panelperf.session.Knobs;
import panelperf.time.Timeline;

/** The end of sessions: batches are left at one moment, and the server is watched until it has paid for them. */
final class Departures {
    private static final long SECOND = 1_000_000_000;
    private static final long MOST_LINGER_NANOS = 7 * SECOND;
    /** A collection that is put off and made for many sessions takes less; it need not be waited for after more. */
    private static final double LONG_MS = 600;
    /** Which part of the usual cost a spell must have, so as not to be the machine's noise. */
    private static final double CREDIBLE = 0.3;

    /** Closing sockets is work too, and is not to be taken for the sessions' end. */
    private static final long GOODBYE_NANOS = SECOND / 4;

    /**
     * How many end, and how many live on meanwhile. Numbers, and living sessions, change independently of how many sessions
     * there have been, so that each one's share can be told.
     */
    private static final List<int[]> PLAN =
            List.of(new int[] {10, 0}, new int[] {10, 30}, new int[] {30, 0}, new int[] {5, 0}, new int[] {20, 10});

    private final Bench bench;
    /** Pages that are open. */
    private final List<PageLife> held;
    /** What one end costs, roughly; known after the first batch. */
    private double eachMs;

    private final List<Batch> batches = new ArrayList<>();
    private final List<Expiry.Seen> seen = new ArrayList<>();

    private Departures(Bench bench, List<PageLife> open) {
        this.bench = bench;
        this.held = new ArrayList<>(open);
    }

    /**
     * Measures; afterwards no session of ours lives.
     *
     * @param open the pages that are open: all that the server has had, so that every end is known
     */
    static List<Finding> measure(Bench bench, List<PageLife> open) throws CannotMeasure, InterruptedException {
        Departures departures = new Departures(bench, open);
        try (Watch watch = bench.watch()) {
            departures.batches(watch);
        }
        return departures.findings();
    }

    private void batches(Watch watch) throws CannotMeasure, InterruptedException {
        try {
            for (int[] step : PLAN) {
                List<PageLife> ending = new ArrayList<>();
                // What lived on beside the last batch may end now, where this one has fewer beside it.
                while (held.size() > step[1] && ending.size() < step[0]) {
                    ending.add(held.remove(0));
                }
                while (ending.size() < step[0]) {
                    ending.add(bench.open());
                }
                while (held.size() < step[1]) {
                    held.add(bench.open());
                }
                if (!batch(watch, ending)) {
                    return;
                }
            }
        } finally {
            held.forEach(PageLife::close);
        }
    }

    /** One batch; false when its end was not felt. */
    private boolean batch(Watch watch, List<PageLife> ending) throws CannotMeasure, InterruptedException {
        long closed = bench.now();
        double cpu = bench.cpuMs();
        ending.forEach(PageLife::close);
        Optional<Spell> paid = await(watch, ending.size(), closed + GOODBYE_NANOS);
        if (paid.isEmpty()) {
            bench.say("  the end of %d sessions was not felt", ending.size());
            return false;
        }
        Spell spell = paid.get();
        Batch batch = new Batch(ending.size(), held.size(), bench.served(), closed, spell, bench.cpuMs() - cpu);
        batches.add(batch);
        eachMs = spell.ms() / ending.size();
        seen.add(new Expiry.Seen(closed, spell.startNanos()));
        bench.say(
                "  %d sessions ended %.1f s after their sockets, while %d lived on: %.0f ms in %d stalls, CPU %.0f ms",
                batch.ended(),
                Timeline.millisBetween(closed, spell.startNanos()) / 1e3,
                held.size(),
                spell.ms(),
                spell.stalls(),
                batch.cpuMs());
        return true;
    }

    /**
     * What was paid for so many ends after an instant, once it is over: the first spell that is long enough for it, or the
     * longest that follows within the time by which payment may be put off.
     */
    private Optional<Spell> await(Watch watch, int ends, long sinceNanos)
            throws CannotMeasure, InterruptedException {
        double least = eachMs * ends * CREDIBLE;
        long until = sinceNanos + bench.course().longestLife().toNanos() + lingerNanos();
        while (bench.now() < until || !watch.isSettled()) {
            List<Spell> spells = watch.spellsAfter(sinceNanos);
            Optional<Spell> first =
                    spells.stream().filter(spell -> spell.ms() >= least).findFirst();
            if (first.isPresent()
                    && eachMs > 0
                    && (first.get().ms() > LONG_MS || bench.now() - first.get().endNanos() > lingerNanos())) {
                return longest(spells);
            }
            Thread.sleep(50);
        }
        return longest(watch.spellsAfter(sinceNanos));
    }

    private static Optional<Spell> longest(List<Spell> spells) {
        return spells.stream().max(Comparator.comparingDouble(Spell::ms));
    }

    /** How much later than their end sessions may be paid for, where that is put off. */
    private long lingerNanos() {
        return Math.min(MOST_LINGER_NANOS, bench.course().longestLife().toNanos() / 4);
    }

    private List<Finding> findings() {
        Endings endings = Endings.of(batches);
        bench.say("  %s", endings.how());
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("destroy", OptionText.word(endings.mode()), counted()));
        if (endings.mode() == Knobs.Mode.FREE) {
            return findings;
        }
        findings.add(new Finding("destroy-time", OptionText.ms(endings.timeMs()), endings.how()));
        findings.add(new Finding("destroy-growth", OptionText.ms(endings.growthMs()), "from the same"));
        findings.add(new Finding("destroy-crowding", OptionText.ms(endings.crowdingMs()), "from the same"));
        String stalls = batches.stream()
                .map(batch -> batch.spell().stalls() + " of " + batch.ended())
                .collect(Collectors.joining(", "));
        findings.add(new Finding(
                "clean-up",
                OptionText.word(endings.cleanUp()),
                "how many stalls the server was seen in, of how many sessions: " + stalls));
        findings.addAll(Expiry.of(seen).findings(seen));
        return findings;
    }

    private String counted() {
        return batches.isEmpty()
                ? "the server answered all the time while sessions ended"
                : batches.stream()
                        .map(batch -> String.format(
                                Locale.ROOT,
                                "%d, with %d others and %d so far: %.0f ms",
                                batch.ended(),
                                batch.held(),
                                batch.served(),
                                batch.spell().ms()))
                        .collect(Collectors.joining("; ", "sessions that ended together held the server for: ", ""));
    }
}
