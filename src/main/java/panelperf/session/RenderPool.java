package panelperf.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The places in which deferred functions run, and what waits for one. */
final class RenderPool {
    /** What takes a place until it has ended. */
    interface Task {
        SessionKey session();
    }

    private record Waiting(Task task, long queuedNanos) {}

    private record Running(long queuedNanos, long startNanos) {}

    private final int places;
    private final SessionObserver observer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Task, Running> running = new HashMap<>();

    RenderPool(int places, SessionObserver observer) {
        this.places = places;
        this.observer = observer;
    }

    void add(Task task, long nowNanos) {
        waiting.add(new Waiting(task, nowNanos));
    }

    /**
     * Fills the places that are free.
     *
     * @param alive whether the session of a task still lives; others are dropped
     */
    List<Task> start(Predicate<SessionKey> alive, long nowNanos) {
        List<Task> started = new ArrayList<>();
        while (running.size() < places && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            if (alive.test(next.task().session())) {
                running.put(next.task(), new Running(next.queuedNanos(), nowNanos));
                started.add(next.task());
            }
        }
        return started;
    }

    /** Frees a place; false when this task has none. */
    boolean end(Task task, long nowNanos) {
        Running ended = running.remove(task);
        if (ended != null && task instanceof Effect.Render render) {
            observer.rendered(
                    new PoolUse(render.session(), render.part(), ended.queuedNanos(), ended.startNanos(), nowNanos));
        }
        return ended != null;
    }
}
