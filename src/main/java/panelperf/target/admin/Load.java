package panelperf.target.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.Work;

/** How busy the document loop and the pool were, in slots of 200 ms; the newest are kept. Whoever shares it guards it. */
final class Load {
    static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** One slot. What began before it and ended after it counts with its part. */
    private static final class Slot {
        private final long[] loopNanos = new long[Work.values().length];
        private long index = -1;
        private long poolNanos;
        private long longestWaitNanos;

        void reuse(long newIndex) {
            index = newIndex;
            poolNanos = 0;
            longestWaitNanos = 0;
            Arrays.fill(loopNanos, 0);
        }
    }

    /**
     * One slot as it is now.
     *
     * @param startNanos when it began, on the server's ticker
     * @param loopNanos for each {@link Work}, in their order
     * @param longestWaitNanos the longest that anything which got its turn in it had waited for the loop
     */
    record View(long startNanos, List<Long> loopNanos, long poolNanos, long longestWaitNanos) {}

    private final long originNanos;
    private final Slot[] slots;
    private long lowestChanged = Long.MAX_VALUE;
    private long newest;

    Load(int seconds, long nowNanos) {
        originNanos = nowNanos;
        slots = new Slot[(int) (TimeUnit.SECONDS.toNanos(seconds) / SLOT_NANOS)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot();
        }
    }

    @SuppressWarnings("EnumOrdinal") // An index into an array that lives no longer than this class.
    void held(Hold hold) {
        int work = hold.work().ordinal();
        spread(hold.startNanos(), hold.endNanos(), (slot, part) -> slot.loopNanos[work] += part);
        Slot turn = slot(index(hold.startNanos()));
        if (turn != null) {
            turn.longestWaitNanos = Math.max(turn.longestWaitNanos, hold.startNanos() - hold.queuedNanos());
        }
    }

    void used(PoolUse use) {
        spread(use.startNanos(), use.endNanos(), (slot, part) -> slot.poolNanos += part);
    }

    private interface Part {
        void add(Slot slot, long nanos);
    }

    private void spread(long fromNanos, long toNanos, Part part) {
        // What is older than all that is kept need not be walked through.
        long oldest = Math.max(index(fromNanos), index(toNanos) - slots.length + 1);
        for (long index = oldest; index <= index(toNanos); index++) {
            Slot slot = slot(index);
            long begin = originNanos + index * SLOT_NANOS;
            long nanos = Math.min(toNanos, begin + SLOT_NANOS) - Math.max(fromNanos, begin);
            if (slot != null && nanos > 0) {
                part.add(slot, nanos);
            }
        }
    }

    private long index(long nanos) {
        return Math.floorDiv(nanos - originNanos, SLOT_NANOS);
    }

    /** The slot of that index, to be changed; null when it is older than those kept. */
    private @Nullable Slot slot(long index) {
        if (index < 0 || index <= newest - slots.length) {
            return null;
        }
        newest = Math.max(newest, index);
        lowestChanged = Math.min(lowestChanged, index);
        Slot slot = slots[(int) (index % slots.length)];
        if (slot.index != index) {
            slot.reuse(index);
        }
        return slot;
    }

    /** The slots that changed since this was last asked. */
    List<View> changed() {
        List<View> views = views(lowestChanged);
        lowestChanged = Long.MAX_VALUE;
        return views;
    }

    /** All that are kept and not empty. */
    List<View> all() {
        return views(0);
    }

    private List<View> views(long from) {
        List<View> views = new ArrayList<>();
        for (long index = Math.max(from, newest - slots.length + 1); index <= newest; index++) {
            Slot slot = slots[(int) (index % slots.length)];
            if (slot.index == index) {
                views.add(new View(
                        originNanos + index * SLOT_NANOS,
                        Arrays.stream(slot.loopNanos).boxed().toList(),
                        slot.poolNanos,
                        slot.longestWaitNanos));
            }
        }
        return views;
    }
}
