package panelperf.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The places in which deferred functions run, and what waits for one. */
final class RenderPool {
    private record Waiting(Effect.Render render, long queuedNanos) {}

    private record Running(long queuedNanos, long startNanos) {}

    private final int places;
    private final SessionObserver observer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Effect.Render, Running> running = new HashMap<>();

    RenderPool(int places, SessionObserver observer) {
        this.places = places;
        this.observer = observer;
    }

    void add(Effect.Render render, long nowNanos) {
        waiting.add(new Waiting(render, nowNanos));
    }

    /**
     * Fills the places that are free.
     *
     * @param alive whether the session of a render still lives; others are dropped
     */
    List<Effect.Render> start(Predicate<SessionKey> alive, long nowNanos) {
        List<Effect.Render> started = new ArrayList<>();
        while (running.size() < places && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            if (alive.test(next.render().session())) {
                running.put(next.render(), new Running(next.queuedNanos(), nowNanos));
                started.add(next.render());
            }
        }
        return started;
    }

    /** Frees a place; false when this render has none. */
    boolean end(Effect.Render render, long nowNanos) {
        Optional<Running> ended = Optional.ofNullable(running.remove(render));
        ended.ifPresent(times -> observer.rendered(
                new PoolUse(render.session(), render.part(), times.queuedNanos(), times.startNanos(), nowNanos)));
        return ended.isPresent();
    }
}
