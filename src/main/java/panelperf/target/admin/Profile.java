package panelperf.target.admin;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.Work;

/** Where the loop's, the pool's and the sessions' time went. Whoever shares it guards it. */
final class Profile {
    private final Map<Work, Distribution> held = each(Work.class, Distribution::new);
    private final Map<Work, Distribution> waited = each(Work.class, Distribution::new);
    private final Map<Phase, Distribution> phases = each(Phase.class, Distribution::new);
    private final Distribution used = new Distribution();
    private final Distribution queued = new Distribution();
    private final Distribution timeToRender = new Distribution();
    private final Distribution spinner = new Distribution();
    private final Distribution duration = new Distribution();

    private static <K extends Enum<K>, V> Map<K, V> each(Class<K> keys, Supplier<V> value) {
        Map<K, V> map = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            map.put(key, value.get());
        }
        return map;
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("every " + key.getClass().getSimpleName() + " has a place, found none");
        }
        return value;
    }

    void held(Hold hold) {
        held(hold.work()).record(hold.endNanos() - hold.startNanos());
        waited(hold.work()).record(hold.startNanos() - hold.queuedNanos());
    }

    void used(PoolUse use) {
        used.record(use.endNanos() - use.startNanos());
        queued.record(use.startNanos() - use.queuedNanos());
    }

    Distribution held(Work work) {
        return known(held, work);
    }

    Distribution waited(Work work) {
        return known(waited, work);
    }

    Distribution phase(Phase phase) {
        return known(phases, phase);
    }

    /** How long places of the pool were occupied. */
    Distribution used() {
        return used;
    }

    /** How long was waited for one. */
    Distribution queued() {
        return queued;
    }

    /** As Panel has it: from the beginning of a session's building until a client said that it has drawn the page. */
    Distribution timeToRender() {
        return timeToRender;
    }

    /** From when a session was asked for until all that was deferred was there. */
    Distribution spinner() {
        return spinner;
    }

    /** As Panel has it: from the beginning of a session's building until its end. */
    Distribution duration() {
        return duration;
    }
}
