package panelperf.target;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refusals. Logs the first of a kind, the second, the fourth and so on: a flood of them makes no flood of lines. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Map<Refusal, AtomicLong> counts = new EnumMap<>(Refusal.class);

    Refusals() {
        for (Refusal refusal : Refusal.values()) {
            counts.put(refusal, new AtomicLong());
        }
    }

    /** One more; any thread. */
    void count(Refusal refusal) {
        long count = counter(refusal).incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn("refused {} (number {} of its kind)", refusal.what(), count);
        }
    }

    /** How many there were so far; any thread. */
    public long of(Refusal refusal) {
        return counter(refusal).get();
    }

    private AtomicLong counter(Refusal refusal) {
        AtomicLong counter = counts.get(refusal);
        if (counter == null) {
            throw new IllegalStateException("every refusal has a counter, found none for " + refusal);
        }
        return counter;
    }
}
