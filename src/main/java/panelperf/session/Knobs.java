package panelperf.session;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * How a server treats its sessions: which of the faults of a single-threaded server it has, each by itself.
 *
 * @param expiry when sessions end
 * @param initialisation how sessions begin
 * @param rendering how deferred content is made
 * @param destruction what the end of a session costs
 * @param costs what smaller work costs the document loop
 * @param delivery how pages and messages go out
 * @param limits what is bounded
 */
public record Knobs(
        Expiry expiry,
        Initialisation initialisation,
        Rendering rendering,
        Destruction destruction,
        LoopCosts costs,
        Delivery delivery,
        Limits limits) {
    /** Keeps sums of nanoseconds far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * When sessions end.
     *
     * @param unusedLifetime how long a session without a socket is kept at least; more than 0
     * @param checkPeriod how often unused sessions are looked for; more than 0
     * @param cleanUp whether other work gets its turn between the sessions that end at one look
     */
    public record Expiry(Duration unusedLifetime, Duration checkPeriod, CleanUp cleanUp) {
        public Expiry {
            checkDuration("unused lifetime", unusedLifetime, Duration.ofMillis(1));
            checkDuration("check period", checkPeriod, Duration.ofMillis(1));
        }
    }

    /** What happens between the sessions that end at one look. */
    public enum CleanUp {
        /** Other work that waits. */
        YIELDS,
        /** Nothing: the loop is held until all have ended. */
        BLOCKS
    }

    /**
     * How sessions begin.
     *
     * @param order whether several may begin at once
     * @param time from a session's begin until its document is there
     */
    public record Initialisation(Order order, Spread time) {}

    /** Whether sessions begin one by one. */
    public enum Order {
        /** Beside each other: the loop is not held. */
        PARALLEL,
        /** One holds the loop until its document is there. */
        SEQUENTIAL
    }

    /**
     * How deferred content is made.
     *
     * @param time how long one function occupies its place in the pool, beside what the function itself takes
     * @param threads how many run at once; 1 to 1,024
     */
    public record Rendering(Spread time, int threads) {
        private static final int MOST_THREADS = 1_024;

        public Rendering {
            checkCount("render threads", threads, MOST_THREADS);
        }
    }

    /**
     * What the end of a session costs.
     *
     * @param mode who pays
     * @param time how long the loop is held for it, in a server that has just started
     * @param growth how much longer for each session that there has been: what was ended is not all given back
     * @param crowding how much longer for each session that lives: a collector looks at what all of them hold
     * @param debounce how long a collection is put off, where one is made for many sessions
     */
    public record Destruction(Mode mode, Spread time, Duration growth, Duration crowding, Duration debounce) {
        public Destruction {
            checkDuration("destroy growth", growth, Duration.ZERO);
            checkDuration("destroy crowding", crowding, Duration.ZERO);
            checkDuration("destroy debounce", debounce, Duration.ZERO);
        }

        /** How long one takes, after so many sessions and among so many that live. */
        long nanos(RandomGenerator random, long served, long living) {
            return time.nanos(random) + growth.toNanos() * served + crowding.toNanos() * living;
        }
    }

    /** Who pays for the end of sessions. */
    public enum Mode {
        /** Nobody. */
        FREE,
        /** The document loop, for each session. */
        EACH,
        /** The document loop, once for all that ended within the debounce. */
        DEBOUNCED
    }

    /**
     * What smaller work costs the document loop. What it does not name costs no time but its own; larger work has knobs of
     * its own.
     *
     * <p>Where files cost nothing they are served beside the loop; where {@link Work#BUSY} costs nothing nobody is told that
     * the server is busy. {@link Work#DESTROY} is what the end of a session costs beside its {@link Destruction}, unless that
     * is free; {@link Work#BUSY} is for each session that lives, {@link Work#SHOW} besides for each that has an open socket,
     * {@link Work#ADMIN} and {@link Work#LOG} for each session so far.
     */
    public record LoopCosts(Map<Work, Spread> byWork) {
        private static final Set<Work> SMALL = Collections.unmodifiableSet(EnumSet.of(
                Work.LOG,
                Work.FILE,
                Work.CONNECT,
                Work.PULL,
                Work.ANSWER,
                Work.EVENTS,
                Work.SEND,
                Work.BUSY,
                Work.SHOW,
                Work.ADMIN,
                Work.DESTROY));

        public LoopCosts {
            byWork = byWork.entrySet().stream()
                    .filter(cost -> !cost.getValue().isZero())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
            if (!SMALL.containsAll(byWork.keySet())) {
                throw new IllegalArgumentException("expected costs of " + SMALL + ", found " + byWork.keySet());
            }
        }

        /** What one piece of such work costs. */
        Spread cost(Work work) {
            return byWork.getOrDefault(work, Spread.zero());
        }

        /** Whether it costs nothing. */
        public boolean isFree(Work work) {
            return cost(work).isZero();
        }

        /** The same costs, but for that of one kind of work. */
        public LoopCosts with(Work work, Spread cost) {
            Map<Work, Spread> costs = new EnumMap<>(Work.class);
            costs.putAll(byWork);
            costs.put(work, cost);
            return new LoopCosts(costs);
        }

        /** Nothing costs the loop any time but its own. */
        public static LoopCosts none() {
            return new LoopCosts(Map.of());
        }
    }

    /**
     * How pages and messages go out.
     *
     * @param wire how a message's frames leave
     * @param files what a page brings beside its own script and its app's models
     */
    public record Delivery(Wire wire, Files files) {}

    /** How a message's frames leave. */
    public enum Wire {
        /** Together, at once. */
        QUICK,
        /**
         * Each by itself, under Nagle's algorithm, as Tornado writes them: the second waits until the client has
         * acknowledged the first, which Linux puts off by some 40 ms.
         */
        NAGLE
    }

    /** What a page brings beside its own script and its app's models. */
    public enum Files {
        /** Nothing. */
        NONE,
        /** As many files as Panel's page names, and as large; its clients say as much as Panel's do. */
        PANEL
    }

    /**
     * What is bounded.
     *
     * @param tokenLife how long a page's token opens websockets; at least 1 s, because tokens count seconds
     * @param keepAlive how often sockets are pinged; more than 0
     * @param maxSessions how many sessions live at once; more are refused; 1 or more
     * @param maxConnections how many connections are open at once; more are refused; 1 or more
     */
    public record Limits(Duration tokenLife, Duration keepAlive, int maxSessions, int maxConnections) {
        public Limits {
            checkDuration("token life", tokenLife, Duration.ofSeconds(1));
            checkDuration("keep alive", keepAlive, Duration.ofMillis(1));
            checkCount("max sessions", maxSessions, Integer.MAX_VALUE);
            checkCount("max connections", maxConnections, Integer.MAX_VALUE);
        }
    }

    /** Bokeh's lifetimes and Panel's pool on four cores, without any of the faults. */
    public static Knobs standard() {
        return new Knobs(
                new Expiry(Duration.ofSeconds(15), Duration.ofSeconds(17), CleanUp.YIELDS),
                new Initialisation(Order.PARALLEL, Spread.zero()),
                new Rendering(Spread.zero(), 8),
                new Destruction(Mode.FREE, Spread.zero(), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5)),
                LoopCosts.none(),
                new Delivery(Wire.QUICK, Files.NONE),
                new Limits(Duration.ofSeconds(300), Duration.ofSeconds(37), 100_000, 20_000));
    }

    /** The same knobs, but for when sessions end. */
    public Knobs with(Expiry other) {
        return new Knobs(other, initialisation, rendering, destruction, costs, delivery, limits);
    }

    /** The same knobs, but for how sessions begin. */
    public Knobs with(Initialisation other) {
        return new Knobs(expiry, other, rendering, destruction, costs, delivery, limits);
    }

    /** The same knobs, but for how deferred content is made. */
    public Knobs with(Rendering other) {
        return new Knobs(expiry, initialisation, other, destruction, costs, delivery, limits);
    }

    /** The same knobs, but for what the end of a session costs. */
    public Knobs with(Destruction other) {
        return new Knobs(expiry, initialisation, rendering, other, costs, delivery, limits);
    }

    /** The same knobs, but for what smaller work costs. */
    public Knobs with(LoopCosts other) {
        return new Knobs(expiry, initialisation, rendering, destruction, other, delivery, limits);
    }

    /** The same knobs, but for how pages and messages go out. */
    public Knobs with(Delivery other) {
        return new Knobs(expiry, initialisation, rendering, destruction, costs, other, limits);
    }

    /** The same knobs, but for what is bounded. */
    public Knobs with(Limits other) {
        return new Knobs(expiry, initialisation, rendering, destruction, costs, delivery, other);
    }

    private static void checkDuration(String what, Duration found, Duration least) {
        if (found.compareTo(least) < 0 || found.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": expected " + least.toMillis() + " ms to " + LONGEST.toDays()
                    + " days, found " + found.toMillis() + " ms");
        }
    }

    private static void checkCount(String what, int found, int most) {
        if (found < 1 || found > most) {
            throw new IllegalArgumentException(what + ": expected 1 to " + most + ", found " + found);
        }
    }
}
