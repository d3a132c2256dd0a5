package panelperf.headless;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/**
 * A user's steps on one loaded page, one after the other, and when each is done.
 *
 * <p>A step that waits until the page is idle waits for its effect. Panel answers a change at once, acts on it 50 ms later,
 * and later still where others hold its loop; an answer and some quiet would often be nothing but a server that has not
 * begun. So something must have changed since the step was due; then no loader may be left, and nothing more change for the
 * quiet time. What changes by itself, such as a clock or a stream, is neither an effect nor waited for: that is every model
 * that has changed twice while the page was idle and its user only thought.
 *
 * <p>Threads: the page's jobs tell of answers and changes; a timer looks after quiet, think time and deadlines. The walk's
 * lock is not held while the visit is called, nor the page, but for its count of delays.
 */
final class StepWalk {
    /** What the walk needs of its page. */
    interface Page {
        /** Takes the step, soon, on the page's own thread. */
        void act(Step step);

        /** Lets the page live until then. */
        void allowUntil(long nanos);

        int loadersLeft();

        /** How long the page's jobs have waited for a thread, all together, ms. */
        double jobDelayMs();
    }

    /** Does things later. */
    @FunctionalInterface
    interface Timers {
        /**
         * Once so many nanoseconds have passed.
         *
         * @throws RejectedExecutionException when the browser was closed
         */
        Future<?> after(long nanos, Runnable action);
    }

    /** The step that is under way. Guarded by the walk. */
    private static final class Turn {
        final Step step;
        final long dueNanos;
        final double lateMs;
        final double jobDelayBeforeMs;
        /** What the server changes before is no effect, and may even be the end of the page's load. */
        boolean sent;

        boolean answered;
        boolean effect;
        /** Of the answer and of what changed, the last; before them when the step was due. */
        long lastNanos;

        Turn(Step step, long dueNanos, double lateMs, double jobDelayBeforeMs) {
            this.step = step;
            this.dueNanos = dueNanos;
            this.lateMs = lateMs;
            this.jobDelayBeforeMs = jobDelayBeforeMs;
            this.lastNanos = dueNanos;
        }
    }

    /** A step that is over. */
    private record Taken(String name, long dueNanos, long doneNanos, StepView.End end) {}

    private final List<Step> steps;
    private final long timeoutNanos;
    private final Ticker ticker;
    private final Timers timers;
    private final Page page;
    private final Consumer<Outcome> whenOver;

    private final List<Taken> taken = new ArrayList<>();
    private final Set<String> changedOnce = new HashSet<>();
    private final Set<String> restless = new HashSet<>();
    private int next;
    private @Nullable Turn turn;
    /** What comes next: the end of think time, or the step's deadline. */
    private @Nullable Future<?> timer;

    /** Whether nothing that the user did can still have an effect. */
    private boolean calm = true;

    private double mostDelayMs;
    private boolean over;

    /**
     * A walk, not yet begun.
     *
     * @param timeout how long a step may take after it is due
     * @param whenOver is told once that all steps are done, that one has timed out, or that the timers have been stopped; a
     *     step that fails tells the visit itself
     */
    StepWalk(List<Step> steps, Duration timeout, Ticker ticker, Timers timers, Page page, Consumer<Outcome> whenOver) {
        this.steps = steps;
        this.timeoutNanos = timeout.toNanos();
        this.ticker = ticker;
        this.timers = timers;
        this.page = page;
        this.whenOver = whenOver;
    }

    /** The page has loaded, now. */
    void begin() {
        goOn(ticker.nanos());
    }

    /** Thinks, when that comes next, and takes the next step; the one before was done at that instant. */
    private void goOn(long doneNanos) {
        long thought = 0;
        Step step = null;
        synchronized (this) {
            while (step == null && next < steps.size()) {
                Step candidate = steps.get(next++);
                if (candidate instanceof Step.Think think) {
                    thought += think.time().toNanos();
                } else {
                    step = candidate;
                }
            }
        }
        long now = ticker.nanos();
        long due = thought == 0 ? now : Math.max(now, doneNanos + thought);
        page.allowUntil(due + timeoutNanos);
        Step taking = step;
        keep(at(due, taking == null ? () -> whenOver.accept(new Outcome.Loaded()) : () -> take(taking, due)));
    }

    private void take(Step step, long due) {
        Turn begun = new Turn(step, due, PageBrowser.millis(due, ticker.nanos()), page.jobDelayMs());
        synchronized (this) {
            if (over) {
                return;
            }
            turn = begun;
        }
        keep(at(due + timeoutNanos, () -> timedOut(begun)));
        page.act(step);
    }

    /** Remembers what is to be cancelled when the walk ends, or the step whose deadline it is. */
    private synchronized void keep(@Nullable Future<?> begun) {
        if (begun != null && over) {
            begun.cancel(false);
        } else if (begun != null) {
            timer = begun;
        }
    }

    /** Does it then, at once when that has passed; on the timer's thread otherwise. */
    private @Nullable Future<?> at(long nanos, Runnable action) {
        long leftNanos = nanos - ticker.nanos();
        if (leftNanos <= 0) {
            action.run();
            return null;
        }
        try {
            return timers.after(leftNanos, action);
        } catch (RejectedExecutionException e) {
            whenOver.accept(new Outcome.Interrupted()); // the browser was closed
            return null;
        }
    }

    /** What the step sends is on its way, now. */
    synchronized void sent() {
        Turn sending = turn;
        if (sending != null) {
            sending.sent = true;
        }
    }

    /** The server has answered what the step sent. */
    void answered() {
        Turn answering;
        long now = ticker.nanos();
        synchronized (this) {
            answering = turn;
            if (answering == null || answering.answered) {
                return;
            }
            answering.answered = true;
            answering.lastNanos = now;
        }
        Duration quiet = answering.step.quiet();
        if (quiet == null) {
            done(answering, now, StepView.End.DONE);
        } else {
            var unused = at(now + quiet.toNanos(), () -> look(answering, quiet.toNanos()));
        }
    }

    /** The widget had that value already, so nothing was sent. */
    void unchanged() {
        Turn idle;
        synchronized (this) {
            idle = turn;
        }
        if (idle != null) {
            done(idle, ticker.nanos(), StepView.End.UNCHANGED);
        }
    }

    /**
     * The server has changed a model.
     *
     * @param loader whether a loader may have come or gone by it, which none does by itself
     */
    synchronized void changed(String model, boolean loader) {
        Turn under = turn;
        if (under != null) {
            if (under.sent && (loader || !restless.contains(model))) {
                under.effect = true;
                under.lastNanos = ticker.nanos();
            }
        } else if (calm && !changedOnce.add(model)) {
            restless.add(model);
        }
    }

    /** Whether the page is idle by now; looks again when it is not. */
    private void look(Turn looking, long quietNanos) {
        long now = ticker.nanos();
        boolean loading = page.loadersLeft() > 0;
        long lastNanos;
        boolean idle;
        synchronized (this) {
            if (turn != looking) {
                return;
            }
            lastNanos = looking.lastNanos;
            idle = looking.effect && !loading && now - lastNanos >= quietNanos;
        }
        if (idle) {
            done(looking, lastNanos, StepView.End.DONE);
        } else {
            long quietAt = lastNanos + quietNanos;
            var unused = at(quietAt - now > 0 ? quietAt : now + quietNanos, () -> look(looking, quietNanos));
        }
    }

    private void done(Turn ending, long doneNanos, StepView.End end) {
        synchronized (this) {
            if (turn != ending) {
                return;
            }
            mostDelayMs = delayMs();
            turn = null;
            taken.add(new Taken(ending.step.name(), ending.dueNanos, doneNanos, end));
            if (end == StepView.End.DONE) {
                calm = ending.step.quiet() != null;
            }
            cancelTimer();
        }
        goOn(doneNanos);
    }

    /** With the lock. */
    private void cancelTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void timedOut(Turn waiting) {
        boolean loading = page.loadersLeft() > 0;
        String what;
        synchronized (this) {
            if (turn != waiting) {
                return;
            }
            what = !waiting.answered
                    ? "answer"
                    : loading ? Milestone.SPINNER_GONE.word() : waiting.effect ? "quiet" : "change";
        }
        whenOver.accept(new Outcome.TimedOut(waiting.step.name() + ": " + what));
    }

    /** A failure's detail begins with the step under which it came. */
    synchronized Outcome named(Outcome outcome) {
        Turn under = turn;
        return outcome instanceof Outcome.Failed failed
                ? new Outcome.Failed(
                        failed.cause(), (under == null ? "think" : under.step.name()) + ": " + failed.detail())
                : outcome;
    }

    /**
     * What became of the steps that got their turn, in order.
     *
     * @param outcome the visit's, were it to end now
     * @param startNanos the visit's intended start
     * @param nowNanos when it would end, and with it the step that is under way
     */
    synchronized List<StepView> seen(Outcome outcome, long startNanos, long nowNanos) {
        List<Taken> all = new ArrayList<>(taken);
        Turn under = turn;
        if (under != null) {
            all.add(new Taken(under.step.name(), under.dueNanos, nowNanos, StepView.End.of(outcome)));
        }
        return all.stream()
                .map(step -> new StepView(
                        step.name(),
                        PageBrowser.millis(startNanos, step.dueNanos()),
                        PageBrowser.millis(step.dueNanos(), step.doneNanos()),
                        step.end()))
                .toList();
    }

    /** How late the injector made the step that it made latest: by a late timer, or by jobs that waited for a thread; ms. */
    synchronized double delayMs() {
        Turn under = turn;
        return under == null
                ? mostDelayMs
                : Math.max(mostDelayMs, under.lateMs + page.jobDelayMs() - under.jobDelayBeforeMs);
    }

    /** The visit is over: nothing is taken any more. */
    synchronized void stop() {
        over = true;
        turn = null;
        cancelTimer();
    }
}
