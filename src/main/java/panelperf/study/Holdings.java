package panelperf.study;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a run has opened and gives back at its end, whenever that is; what is opened after it is given back at once. Any
 * thread may call it.
 */
final class Holdings implements AutoCloseable {
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private boolean closed;

    /**
     * Holds it until the end.
     *
     * @param thing may be closed more than once
     * @return the same
     */
    <T extends AutoCloseable> T hold(T thing) {
        synchronized (held) {
            if (!closed) {
                held.push(thing);
                return thing;
            }
        }
        giveBack(thing);
        return thing;
    }

    /** Gives all back, what came last first. */
    @Override
    public void close() {
        Deque<AutoCloseable> last;
        synchronized (held) {
            closed = true;
            last = new ArrayDeque<>(held);
            held.clear();
        }
        last.forEach(Holdings::giveBack);
    }

    private static void giveBack(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            // One that does not go must not keep the others.
            System.err.println("not given back: " + thing + ": " + e);
        }
    }
}
