package panelperf.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/** Asks the server for its cheapest answer again and again, on a thread of its own, until it is closed. */
final class Watch implements AutoCloseable {
    /** Often enough to see one end of a session, seldom enough to cost a server a tenth of its time at most. */
    private static final long PAUSE_NANOS = 8_000_000;
    /** Machines that do other things too make servers late by some milliseconds. */
    static final long STALL_NANOS = 25_000_000;

    private static final long SETTLED_NANOS = 1_000_000_000;

    private final Link link;
    private final String path;
    private final ServerProcess process;
    private final Ticker ticker;
    private final long beganNanos;
    private final List<Poll> polls = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "panelperf-watch");
    private @Nullable CannotMeasure failure;
    private volatile boolean closed;

    private Watch(Link link, String path, ServerProcess process, Ticker ticker) {
        this.link = link;
        this.path = path;
        this.process = process;
        this.ticker = ticker;
        this.beganNanos = ticker.nanos();
    }

    static Watch begin(Site site, Dialer dialer, ServerProcess process, Ticker ticker)
            throws CannotMeasure, InterruptedException {
        Watch watch = new Watch(dialer.dial(true), site.below("metadata").getRawPath(), process, ticker);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!closed) {
                long sent = ticker.nanos();
                Arrival.Response answer = link.get(path);
                synchronized (polls) {
                    polls.add(new Poll(sent, answer.atNanos(), process.cpuMs()));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (CannotMeasure e) {
            synchronized (polls) {
                failure = e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The spells that began after an instant and are over: a second has passed since. */
    List<Spell> spellsAfter(long nanos) throws CannotMeasure {
        List<Poll> seen;
        synchronized (polls) {
            if (failure != null) {
                throw failure;
            }
            seen = List.copyOf(polls);
        }
        long now = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).answeredNanos();
        return Spell.of(seen, STALL_NANOS).stream()
                .filter(spell -> spell.startNanos() >= nanos && spell.endNanos() < now - SETTLED_NANOS)
                .toList();
    }

    /** Whether the server has answered for a while: all spells are over. */
    boolean isSettled() {
        List<Poll> seen;
        synchronized (polls) {
            seen = List.copyOf(polls);
        }
        long last = seen.isEmpty() ? beganNanos : seen.get(seen.size() - 1).answeredNanos();
        List<Spell> spells = Spell.of(seen, STALL_NANOS);
        long ended =
                spells.isEmpty() ? beganNanos : spells.get(spells.size() - 1).endNanos();
        return ticker.nanos() - last < PAUSE_NANOS + STALL_NANOS && ticker.nanos() - ended > SETTLED_NANOS;
    }

    long beganNanos() {
        return beganNanos;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        link.close();
    }
}
