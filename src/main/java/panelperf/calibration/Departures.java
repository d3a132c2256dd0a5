package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import panelperf.session.Knobs;
import panelperf.time.Timeline;

/** The end of sessions: batches are left at one moment, and the server is watched until it has paid for them. */
final class Departures {
    /** How many end, and how many live on meanwhile. */
    private record Step(int ending, int living) {}

    /**
     * How many end, how many live, and how many there have been change independently of each other, so that each one's share
     * can be told.
     */
    private static final List<Step> PLAN =
            List.of(new Step(10, 0), new Step(20, 10), new Step(10, 30), new Step(30, 0), new Step(5, 0));

    private static final long SECOND = 1_000_000_000;
    private static final long MOST_LINGER_NANOS = 12 * SECOND;
    /** Nothing lives shorter than this part of the longest life, so what is felt before is something else. */
    private static final double SHORTEST = 0.4;
    /** What takes longer was not put off and made for many: nothing longer need be waited for. */
    private static final double LONG_MS = 600;
    /** Which part of the usual cost a spell must have, so as not to be the machine's noise. */
    private static final double CREDIBLE = 0.3;
    /** After so many that were not felt none will be. */
    private static final int UNFELT = 2;

    private final Bench bench;
    /** Pages that are open. */
    private final List<PageLife> open;

    private final List<Batch> batches = new ArrayList<>();
    private final List<Expiry.Seen> seen = new ArrayList<>();
    private int unfelt;

    private Departures(Bench bench, List<PageLife> open) {
        this.bench = bench;
        this.open = new ArrayList<>(open);
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
        if (departures.open.isEmpty()) {
            bench.cleared();
        }
        return departures.findings();
    }

    private void batches(Watch watch) throws CannotMeasure, InterruptedException {
        try {
            for (Step step : PLAN) {
                List<PageLife> ending = new ArrayList<>();
                // What lived on beside the last batch may end now, where this one has fewer beside it.
                while (open.size() > step.living() && ending.size() < step.ending()) {
                    ending.add(open.remove(0));
                }
                while (ending.size() < step.ending()) {
                    ending.add(bench.open());
                }
                while (open.size() < step.living()) {
                    open.add(bench.open());
                }
                batch(watch, ending);
                if (unfelt == UNFELT) {
                    return;
                }
            }
        } finally {
            open.forEach(PageLife::close);
        }
    }

    private void batch(Watch watch, List<PageLife> ending) throws CannotMeasure, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Expiry.nextClose(seen, bench.now()) - bench.now());
        long closed = bench.now();
        ending.forEach(PageLife::close);
        List<Spell> spells = await(watch, ending.size(), closed + shortestLifeNanos());
        if (spells.isEmpty()) {
            unfelt++;
            bench.say("  the end of %d sessions was not felt", ending.size());
            return;
        }
        Batch batch = Batch.of(ending.size(), open.size(), bench.served(), closed, spells);
        batches.add(batch);
        seen.add(new Expiry.Seen(closed, batch.first().startNanos()));
        bench.say(
                "  %d sessions ended %.1f s after their sockets, while %d lived on: %.0f ms in %d stalls; then %.0f"
                        + " ms, CPU %.0f ms",
                batch.ended(),
                Timeline.millisBetween(closed, batch.first().startNanos()) / 1e3,
                batch.held(),
                batch.first().ms(),
                batch.first().stalls(),
                batch.wasPutOff() ? batch.paid().ms() : 0,
                batch.first().cpuMs());
    }

    /**
     * What was felt of so many ends after an instant: once a spell that is long enough for them is over, and what could have
     * been put off would have come.
     */
    private List<Spell> await(Watch watch, int ends, long sinceNanos) throws CannotMeasure, InterruptedException {
        double least = usualMs(ends) * CREDIBLE;
        long until =
                sinceNanos - shortestLifeNanos() + bench.course().longestLife().toNanos() + lingerNanos();
        while (bench.now() < until || !watch.isSettled()) {
            List<Spell> spells = watch.spellsAfter(sinceNanos);
            Optional<Spell> first =
                    spells.stream().filter(spell -> spell.ms() >= least).findFirst();
            if (first.isPresent() && (isLong(first.get()) || (least > 0 && isOverdue(first.get())))) {
                return spells;
            }
            Thread.sleep(50);
        }
        return watch.spellsAfter(sinceNanos);
    }

    private static boolean isLong(Spell spell) {
        return spell.ms() > LONG_MS;
    }

    /** Whether what is put off would have come. */
    private boolean isOverdue(Spell end) {
        return bench.now() - end.endNanos() > lingerNanos();
    }

    /** What is felt first of so many ends, roughly; 0 before the first batch. */
    private double usualMs(int ends) {
        if (batches.isEmpty()) {
            return 0;
        }
        Batch last = batches.get(batches.size() - 1);
        return last.first().ms() * Math.min(1, (double) ends / last.ended());
    }

    private long shortestLifeNanos() {
        return Math.round(SHORTEST * bench.course().longestLife().toNanos());
    }

    private long lingerNanos() {
        return Math.min(MOST_LINGER_NANOS, bench.course().longestLife().toNanos() / 3);
    }

    private List<Finding> findings() {
        Endings endings = Endings.of(batches);
        bench.say(
                "  so: %s; %s", OptionText.word(endings.mode()), endings.cost().how());
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("destroy", OptionText.word(endings.mode()), endings.how()));
        if (endings.mode() == Knobs.Mode.FREE) {
            return findings;
        }
        Cost cost = endings.cost();
        findings.add(new Finding("destroy-time", OptionText.ms(cost.timeMs()), cost.how()));
        findings.add(new Finding("destroy-growth", OptionText.ms(cost.growthMs()), "from the same"));
        findings.add(new Finding("destroy-crowding", OptionText.ms(cost.crowdingMs()), "from the same"));
        if (endings.mode() == Knobs.Mode.DEBOUNCED) {
            PutOff putOff = PutOff.of(batches);
            List<Expiry.Seen> ends = putOff.ends(batches);
            findings.add(putOff.finding(batches));
            if (endings.endMs() > 0) {
                findings.add(new Finding(
                        "end-time", OptionText.ms(endings.endMs()), "what was felt at the ends themselves: " + ends()));
                findings.add(cleanUp(endings));
            }
            findings.addAll(Expiry.of(ends).findings(ends));
            return findings;
        }
        findings.add(cleanUp(endings));
        findings.addAll(Expiry.of(seen).findings(seen));
        return findings;
    }

    private String ends() {
        return batches.stream()
                .filter(Batch::wasPutOff)
                .map(batch -> String.format(
                        Locale.ROOT, "%.0f ms for %d", batch.first().ms(), batch.ended()))
                .collect(Collectors.joining(", "));
    }

    private Finding cleanUp(Endings endings) {
        String stalls = batches.stream()
                .map(batch -> batch.first().stalls() + " of " + batch.ended())
                .collect(Collectors.joining(", "));
        return new Finding(
                "clean-up",
                OptionText.word(endings.cleanUp()),
                "how often the server was seen not to answer, of how many ends: " + stalls);
    }
}
