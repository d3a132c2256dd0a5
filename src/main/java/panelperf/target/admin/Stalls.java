package panelperf.target.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import panelperf.session.Hold;
import panelperf.session.SessionKey;
import panelperf.session.Work;

/**
 * Finds stalls among the holds, as they come, and who waited for them. Long holds of one kind of work with next to nothing
 * between them are one stall: a clean-up that ends forty sessions without a pause. Whoever shares it guards it.
 */
final class Stalls {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Work may wait for the stall before last too, but hardly for one so many stalls ago. */
    private static final int OPEN = 32;

    static final int LONGEST = 20;
    private static final int WAITERS_EACH = 12;

    private static final class Found {
        private final long number;
        private final Work work;
        private final Optional<SessionKey> session;
        private final long startNanos;
        private final List<Stall.Waiter> longest = new ArrayList<>();
        private long endNanos;
        private long heldNanos;
        private int holds;
        private int waiters;

        Found(long number, Hold first) {
            this.number = number;
            this.work = first.work();
            this.session = first.session();
            this.startNanos = first.startNanos();
        }

        void held(Hold hold) {
            endNanos = hold.endNanos();
            heldNanos += hold.endNanos() - hold.startNanos();
            holds++;
        }

        boolean goesOnWith(Hold hold) {
            return hold.work() == work && hold.startNanos() - endNanos < PAUSE_NANOS;
        }

        void waited(Hold hold) {
            long waited = Math.min(hold.startNanos(), endNanos) - Math.max(hold.queuedNanos(), startNanos);
            waiters++;
            longest.add(new Stall.Waiter(hold.work(), hold.session(), waited));
            longest.sort(Comparator.comparingLong(Stall.Waiter::waitedNanos).reversed());
            if (longest.size() > WAITERS_EACH) {
                longest.remove(WAITERS_EACH);
            }
        }

        Stall stall() {
            return new Stall(number, work, session, holds, startNanos, endNanos, heldNanos, waiters, longest);
        }
    }

    private final long limitNanos;
    private final Deque<Found> newest = new ArrayDeque<>();
    /** Those that have ended and have nobody left to wait for them; the shortest first. */
    private final TreeSet<Stall> longest = new TreeSet<>(
            Comparator.comparingLong(Stall::heldNanos).thenComparing(Stall::number, Comparator.reverseOrder()));

    private long count;

    Stalls(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Hears of a hold, and says so when it begins a stall. */
    boolean heard(Hold hold) {
        boolean stalls = hold.endNanos() - hold.startNanos() >= limitNanos;
        Found last = newest.peekLast();
        if (stalls && last != null && last.goesOnWith(hold)) {
            last.held(hold);
            return false;
        }
        waited(hold);
        if (stalls) {
            begin(hold);
        }
        return stalls;
    }

    private void waited(Hold hold) {
        Iterator<Found> newestFirst = newest.descendingIterator();
        while (newestFirst.hasNext()) {
            Found stall = newestFirst.next();
            if (stall.endNanos <= hold.queuedNanos()) {
                return;
            }
            stall.waited(hold);
        }
    }

    private void begin(Hold hold) {
        count++;
        Found stall = new Found(count, hold);
        stall.held(hold);
        newest.addLast(stall);
        if (newest.size() > OPEN) {
            longest.add(newest.removeFirst().stall());
            if (longest.size() > LONGEST) {
                longest.pollFirst();
            }
        }
    }

    /** How many stalls there were. */
    long count() {
        return count;
    }

    /** The longest, longest first. */
    List<Stall> longest() {
        return Stream.concat(longest.stream(), newest.stream().map(Found::stall))
                .sorted(Comparator.comparingLong(Stall::heldNanos).reversed())
                .limit(LONGEST)
                .toList();
    }
}
