package panelperf.target.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionKey;
import panelperf.session.SessionObserver;
import panelperf.session.Work;

/**
 * Tells an observer what a server like Panel 1.3.8 would: users who visit over and over, one document loop, sessions that
 * are destroyed forty at a time and hold the loop meanwhile. In virtual time, the same for the same seed.
 */
public final class SyntheticPanel {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private record Task(
            long queuedNanos,
            long order,
            Work work,
            @Nullable Life life) {}

    private static final class Life {
        private final SessionKey key;
        private final int user;
        private final long created;
        private int connections;
        private OptionalLong initialised = OptionalLong.empty();
        private OptionalLong connected = OptionalLong.empty();
        private OptionalLong ready = OptionalLong.empty();
        private OptionalLong rendering = OptionalLong.empty();
        private OptionalLong rendered = OptionalLong.empty();
        private OptionalLong closed = OptionalLong.empty();
        private OptionalLong destroyed = OptionalLong.empty();

        Life(SessionKey key, int user, long created) {
            this.key = key;
            this.user = user;
            this.created = created;
        }

        ServerSession now() {
            return new ServerSession(
                    key, connections, created, initialised, connected, ready, rendering, rendered, closed, destroyed);
        }
    }

    private final SessionObserver observer;
    private final Random random;
    private final long stayNanos;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::queuedNanos).thenComparingLong(Task::order));
    private final Deque<Life> closedLives = new ArrayDeque<>();
    private long orders;
    private long served;
    private long freeNanos;

    /**
     * A server on which users begin to visit.
     *
     * @param startNanos when, on the observer's ticker
     * @param stayNanos how long a user looks at a loaded page
     */
    public SyntheticPanel(SessionObserver observer, long seed, int users, long startNanos, long stayNanos) {
        this.observer = observer;
        this.random = new Random(seed);
        this.stayNanos = stayNanos;
        this.freeNanos = startNanos;
        for (int user = 0; user < users; user++) {
            visit(user, startNanos + user * 40L * MS);
        }
        add(startNanos + 17_000 * MS, Work.CHECK, null);
    }

    /** When the next thing is over that the observer is told of. */
    public long nextNanos() {
        Task next = tasks.element();
        return Math.max(next.queuedNanos(), freeNanos) + nanos(next);
    }

    /** Tells the observer of it. */
    public void step() {
        Task task = tasks.remove();
        long start = Math.max(task.queuedNanos(), freeNanos);
        freeNanos = start + nanos(task);
        if (task.work() == Work.CHECK) {
            check();
        } else if (task.life() != null) {
            done(task, task.life());
        }
        observer.held(new Hold(
                task.work(),
                Optional.ofNullable(task.life()).map(life -> life.key),
                task.queuedNanos(),
                start,
                freeNanos));
    }

    private long nanos(Task task) {
        return switch (task.work()) {
            case INITIALISE -> 75 * MS + (task.order() * 7_919 % 25) * MS;
            case CONNECT, FILE -> MS + task.order() * 31 % MS;
            case ANSWER -> 2 * MS;
            case SEND -> 3 * MS;
            case DESTROY -> 2 * (84 + served / 4) * MS;
            default -> MS / 3;
        };
    }

    private void done(Task task, Life life) {
        switch (task.work()) {
            case INITIALISE -> {
                life.initialised = OptionalLong.of(freeNanos);
                add(freeNanos + 120 * MS + around(80), Work.CONNECT, life);
            }
            case CONNECT -> {
                life.connections = 1;
                life.connected = OptionalLong.of(freeNanos);
                add(freeNanos + 250 * MS + around(120), Work.ANSWER, life);
            }
            case ANSWER -> {
                life.ready = OptionalLong.of(freeNanos);
                long began = freeNanos + around(2);
                life.rendering = OptionalLong.of(began);
                add(began + 7 * MS, Work.SEND, life);
            }
            case SEND -> {
                observer.rendered(new PoolUse(
                        life.key, 0, life.ready.orElseThrow(), life.rendering.orElseThrow(), task.queuedNanos()));
                life.rendered = OptionalLong.of(freeNanos);
                add(freeNanos + stayNanos + around(400), Work.DISCONNECT, life);
            }
            case DISCONNECT -> {
                life.connections = 0;
                life.closed = OptionalLong.of(freeNanos);
                closedLives.add(life);
                visit(life.user, freeNanos + around(500));
            }
            default -> life.destroyed = OptionalLong.of(freeNanos);
        }
        observer.changed(life.now());
    }

    private void visit(int user, long nanos) {
        served++;
        Life life = new Life(new SessionKey("synthetic" + Long.toHexString(random.nextLong()), served), user, nanos);
        add(nanos, Work.INITIALISE, life);
    }

    /** All that have been unused for 15 s, without a pause. */
    private void check() {
        List<Life> old = new ArrayList<>();
        while (!closedLives.isEmpty() && closedLives.getFirst().closed.orElseThrow() < freeNanos - 15_000 * MS) {
            old.add(closedLives.removeFirst());
        }
        // Ahead of whatever has queued meanwhile: the pass never yields.
        old.forEach(life -> tasks.add(new Task(freeNanos, Long.MIN_VALUE + orders++, Work.DESTROY, life)));
        add(freeNanos + 17_000 * MS, Work.CHECK, null);
    }

    private long around(int ms) {
        return random.nextInt(ms) * MS;
    }

    private void add(long nanos, Work work, @Nullable Life life) {
        tasks.add(new Task(nanos, orders++, work, life));
    }
}
