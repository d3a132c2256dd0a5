package panelperf.headless;

import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;
import panelperf.visit.Cause;
import panelperf.visit.Drawn;
import panelperf.visit.Loaders;
import panelperf.visit.Milestone;
import panelperf.visit.Milestones;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.Redaction;
import panelperf.visit.RequestHeaders;
import panelperf.visit.Step;
import panelperf.visit.StepView;

/**
 * One visit, from its request to its view. It ends once, by whatever comes first.
 *
 * <p>Threads: a worker opens the page; the page's own jobs and the network report what happens; a timer holds the
 * deadline. All of them may call {@link #finish}; the first decides.
 */
final class PageVisit {
    /**
     * A page whose loaders do not tell the end has settled when it has had none for so long. That nothing changes any more is
     * not asked for: a periodic callback changes a page for ever.
     */
    private static final long SETTLED_MS = 500;
    /** Panel's starting script looks for Bokeh 100 times, every 10 ms. */
    private static final long STARTER_MS = 1200;
    /** The port's contract leaves a second after the deadline. */
    private static final long GRACE_MS = 800;

    private static final Map<String, Milestone> MILESTONES = Map.of(
            "ws_open", Milestone.WS_OPEN,
            "ack", Milestone.ACK,
            "pulled", Milestone.PULLED,
            "ready", Milestone.READY,
            "first_patch", Milestone.FIRST_PATCH);

    private final PageRequest request;
    private final URI url;
    private final Ticker ticker;
    private final ScheduledExecutorService timers;
    private final ExecutorService workers;
    private final @Nullable Consumer<Drawn> inspector;
    private final Consumer<PageView> whenDone;
    private final PageTraffic traffic;
    private final PaintModel paint;
    private final PageEngine engine;
    private final Network network;

    private final Map<String, Long> marks = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable PageView> view = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean parsing = new AtomicBoolean();
    private final AtomicBoolean settling = new AtomicBoolean();
    private final List<String> transpiled = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenOver = new CopyOnWriteArrayList<>();
    private volatile long takenUpNanos;
    private volatile boolean takenUp;
    private volatile boolean applying;
    private volatile @Nullable HtmlUnitPage page;
    private volatile @Nullable String sessionId;
    private volatile @Nullable Future<?> deadline;
    /** Tells of the end should the closing get stuck. Cancelled, because it holds the page: at 100 visits a second, 80 of them. */
    private volatile @Nullable Future<?> lastWord;
    /** What was seen when the page had loaded; null before that, and for a user who takes no steps. */
    private final AtomicReference<@Nullable PageView> load = new AtomicReference<>();

    private volatile @Nullable StepWalk walk;

    PageVisit(
            PageRequest request,
            PageEngine engine,
            Ticker ticker,
            Network network,
            @Nullable HttpCache cache,
            ScheduledExecutorService timers,
            ExecutorService workers,
            @Nullable Consumer<Drawn> inspector,
            Consumer<PageView> whenDone) {
        this.request = request;
        this.ticker = ticker;
        this.timers = timers;
        this.workers = workers;
        this.inspector = inspector;
        this.whenDone = whenDone;
        long deadlineNanos = request.intendedStartNanos() + request.deadline().toNanos();
        this.url = RequestHeaders.withoutUser(request.url());
        RequestHeaders headers = request.headers().withUserOf(request.url());
        this.traffic = new PageTraffic(network, ticker, deadlineNanos, url, headers, cache, engine::replaces);
        this.paint = new PaintModel(ticker, this::checkLoaded);
        this.engine = engine;
        this.network = network;
    }

    void whenOver(Runnable action) {
        whenOver.add(action);
    }

    /**
     * Hands the visit to a worker.
     *
     * @param stuck is called when the worker could not be brought back
     */
    void begin(Runnable stuck) {
        long leftMs = (request.intendedStartNanos() + request.deadline().toNanos() - ticker.nanos()) / 1_000_000;
        deadline = timers.schedule(() -> timedOut(stuck), Math.max(0, leftMs), TimeUnit.MILLISECONDS);
        workers.execute(this::open);
    }

    private void open() {
        if (view.get() != null) {
            return; // it was over before its turn came
        }
        takenUpNanos = ticker.nanos();
        takenUp = true;
        parsing.set(true);
        try {
            // Here, because making HtmlUnit's client takes milliseconds that no caller has.
            HtmlUnitPage opened = new HtmlUnitPage(network, traffic, paint, engine, ticker, new Events());
            page = opened;
            opened.open(url);
            if (traffic.failure() != null) {
                finish(NetworkFailure.of(traffic.failure(), "GET"));
            } else if (traffic.status() / 100 != 2) {
                finish(new Outcome.Failed(Cause.status(traffic.status()), "GET " + Redaction.of(request.url())));
            } else {
                expectDocument(opened, ticker.nanos(), opened.busyMs());
            }
        } catch (IOException e) {
            finish(NetworkFailure.of(
                    traffic.failure() == null ? e : traffic.failure(), "GET " + Redaction.of(request.url())));
        } catch (HtmlUnitPage.NotOpened e) {
            finish(new Outcome.Failed(e.cause(), String.valueOf(e.getMessage())));
        } catch (ScriptEngine.DeadlinePassed e) {
            return; // the timer ends the visit
        } catch (RuntimeException | Error e) {
            // Whatever breaks in the engine is one visit's failure, and must never be silence.
            finish(Outcome.Failed.of(e));
        } finally {
            parsing.set(false);
            closeIfOver();
        }
    }

    /** The visit may have ended while its page was being made, when there was nothing to close yet. */
    private void closeIfOver() {
        HtmlUnitPage opened = page;
        if (view.get() != null && opened != null) {
            opened.stop();
            opened.close();
        }
    }

    /**
     * The page stands; if its scripts do not begin a document soon, it is none of Bokeh's. Soon is meant in time that the page had
     * for itself: its jobs may wait behind those of other pages, and evaluating bundles is a long job.
     */
    private void expectDocument(HtmlUnitPage standing, long sinceNanos, double busyMs) {
        if (marks.containsKey("embed") || view.get() != null) {
            return;
        }
        double leftMs = STARTER_MS - PageBrowser.millis(sinceNanos, ticker.nanos()) + (standing.busyMs() - busyMs);
        if (leftMs <= 0) {
            finish(standing.noDocument());
        } else {
            schedule(() -> expectDocument(standing, sinceNanos, busyMs), (long) Math.ceil(leftMs));
        }
    }

    private void schedule(Runnable check, long delayMs) {
        try {
            var unused = timers.schedule(check, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            finish(new Outcome.Interrupted()); // the browser was closed
        }
    }

    /** What the page tells. On the page's thread. */
    private final class Events implements HtmlUnitPage.Events {
        @Override
        public void mark(String name) {
            // What a browser does in one task nobody sees in part, so loaders are counted between messages only.
            applying = name.equals("applying");
            if (applying) {
                return;
            }
            marks.putIfAbsent(name, ticker.nanos());
            checkLoaded();
        }

        @Override
        public void failed(Outcome.Failed failure) {
            finish(failure);
        }

        @Override
        public void session(@Nullable String id) {
            sessionId = id;
        }

        @Override
        public boolean wantsSteps() {
            return !request.steps().isEmpty();
        }

        @Override
        public void step(String what, String model, boolean loader) {
            StepWalk walking = walk;
            if (walking == null) {
                return; // the page has not loaded yet
            }
            switch (what) {
                case "sent" -> walking.sent();
                case "answered" -> walking.answered();
                case "unchanged" -> walking.unchanged();
                default -> walking.changed(model, loader);
            }
        }

        @Override
        public void transpiled(String script) {
            transpiled.add(script);
        }

        @Override
        public boolean wantsDrawn() {
            return inspector != null;
        }

        @Override
        public void drawn(Drawn drawn) {
            if (inspector != null) {
                inspector.accept(drawn);
            }
        }
    }

    private void checkLoaded() {
        if (view.get() != null
                || load.get() != null
                || applying
                || paint.loadersLeft() > 0
                || !marks.containsKey("ready")) {
            return;
        }
        if (paint.loadersTellTheEnd()) {
            loaded();
        } else if (marks.containsKey("ready_acked") && settling.compareAndSet(false, true)) {
            checkSettled();
        }
    }

    /** The visit is over, or its user's steps begin. */
    private void loaded() {
        HtmlUnitPage open = page;
        if (request.steps().isEmpty() || open == null) {
            finish(new Outcome.Loaded());
        } else if (load.get() == null && load.compareAndSet(null, seen(new Outcome.Loaded()))) {
            Future<?> timer = deadline;
            if (timer != null) {
                timer.cancel(false);
            }
            StepWalk begun = new StepWalk(
                    request.steps(),
                    request.deadline(),
                    ticker,
                    (nanos, action) -> timers.schedule(action, nanos, TimeUnit.NANOSECONDS),
                    new SteppedPage(open),
                    this::finish);
            walk = begun;
            if (view.get() == null) {
                begun.begin();
            }
        }
    }

    /** The page as the walk knows it. */
    private final class SteppedPage implements StepWalk.Page {
        private final HtmlUnitPage open;

        SteppedPage(HtmlUnitPage open) {
            this.open = open;
        }

        @Override
        public void act(Step step) {
            open.act(step);
        }

        @Override
        public void allowUntil(long nanos) {
            traffic.allowUntil(nanos);
            open.allowUntil(nanos);
        }

        @Override
        public int loadersLeft() {
            return paint.loadersLeft();
        }

        @Override
        public double jobDelayMs() {
            return open.jobDelayMs();
        }
    }

    /** Once at a time: either a check is due, or a loader is there, whose end begins the next. */
    private void checkSettled() {
        settling.set(false);
        if (view.get() != null || paint.loadersLeft() > 0) {
            return;
        }
        long acked = marks.getOrDefault("ready_acked", ticker.nanos());
        long gone = paint.goneNanos();
        long since = gone != PaintModel.NEVER && gone - acked > 0 ? gone : acked;
        long quietMs = (ticker.nanos() - since) / 1_000_000;
        if (quietMs >= SETTLED_MS) {
            if (marks.containsKey("rooted")) {
                loaded();
            } else {
                finish(new Outcome.Failed(
                        Cause.APP_ERROR,
                        "the document came without anything to see, as when its app raises; see the server's log"));
            }
        } else if (settling.compareAndSet(false, true)) {
            schedule(this::checkSettled, SETTLED_MS - quietMs);
        }
    }

    private void timedOut(Runnable stuck) {
        if (load.get() != null) {
            return; // loaded in the same moment; the steps have deadlines of their own
        }
        finish(new Outcome.TimedOut(waitingFor()));
        schedule(
                () -> {
                    if (parsing.get()) {
                        stuck.run();
                    }
                },
                GRACE_MS);
    }

    private String waitingFor() {
        if (!takenUp) {
            return "worker";
        }
        if (traffic.htmlNanos() == 0) {
            return Milestone.HTML.word();
        }
        if (!marks.containsKey("embed")) {
            return "scripts";
        }
        for (Milestone milestone : List.of(Milestone.WS_OPEN, Milestone.ACK, Milestone.PULLED, Milestone.READY)) {
            if (!marks.containsKey(milestone.word())) {
                return milestone.word();
            }
        }
        return paint.loadersLeft() == 0 ? "ready_acked" : Milestone.SPINNER_GONE.word();
    }

    /** Ends the visit, when nobody has yet: its view is taken now, then everything is given back, then it is told. */
    void finish(Outcome found) {
        Outcome outcome =
                transpiled.isEmpty() || !(found instanceof Outcome.Loaded || found instanceof Outcome.TimedOut)
                        ? found
                        : untimely();
        if (view.get() != null || !view.compareAndSet(null, seen(outcome))) {
            return;
        }
        StepWalk walking = walk;
        if (walking != null) {
            walking.stop();
        }
        Future<?> timer = deadline;
        if (timer != null && !(outcome instanceof Outcome.TimedOut)) {
            timer.cancel(false);
        }
        traffic.close();
        network.close();
        HtmlUnitPage open = page;
        if (open == null) {
            tell();
            return;
        }
        open.stop();
        try {
            // Not here: this may be a job of the page itself, whose window cannot be closed from inside.
            workers.execute(() -> {
                open.close();
                tell();
            });
            Future<?> late = timers.schedule(this::tell, GRACE_MS, TimeUnit.MILLISECONDS);
            lastWord = late;
            if (told.get()) {
                late.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            tell(); // the browser is closing, and its network with it
        }
    }

    /** The page waited for the transpiler, which no browser needs. */
    private Outcome untimely() {
        return new Outcome.Failed(
                Cause.TRANSPILED,
                transpiled.size()
                        + " scripts were transpiled in this visit, as they are once for each content; the next finds them: "
                        + Redaction.of(transpiled.get(0)) + (transpiled.size() > 1 ? " and others" : ""));
    }

    private void tell() {
        PageView seen = view.get();
        if (seen != null && told.compareAndSet(false, true)) {
            Future<?> timer = lastWord;
            if (timer != null) {
                timer.cancel(false);
            }
            whenOver.forEach(Runnable::run);
            whenDone.accept(seen);
        }
    }

    private PageView seen(Outcome outcome) {
        long now = ticker.nanos();
        double duration = ms(now);
        double queued = takenUp ? Math.min(ms(takenUpNanos), duration) : duration;
        HtmlUnitPage open = page;
        PageView loaded = load.get();
        if (loaded != null) {
            return seenAfter(loaded, outcome, now);
        }
        // In this order: a loader is counted as seen before it is one of those that are left.
        int left = paint.loadersLeft();
        Loaders loaders = new Loaders(paint.loadersSeen(), left);
        return new PageView(
                traffic.status(),
                outcome,
                queued,
                open == null ? 0 : open.jobDelayMs(),
                duration,
                milestones(),
                loaders,
                traffic.requests(),
                traffic.bytes(),
                sessionId);
    }

    /** A visit with steps: the page as it was when it had loaded, and what came of them. */
    private PageView seenAfter(PageView loaded, Outcome outcome, long nowNanos) {
        StepWalk walked = walk;
        List<StepView> steps =
                walked == null ? List.of() : walked.seen(outcome, request.intendedStartNanos(), nowNanos);
        return new PageView(
                loaded.status(),
                walked == null ? outcome : walked.named(outcome),
                loaded.queuedMs(),
                walked == null ? loaded.jobDelayMs() : Math.max(loaded.jobDelayMs(), walked.delayMs()),
                Math.max(ms(nowNanos), loaded.durationMs()),
                loaded.milestones(),
                loaded.loaders(),
                traffic.requests(),
                traffic.bytes(),
                sessionId,
                loaded.durationMs(),
                steps);
    }

    private Milestones milestones() {
        Map<Milestone, Double> at = new EnumMap<>(Milestone.class);
        put(at, Milestone.FIRST_BYTE, traffic.firstByteNanos());
        put(at, Milestone.HTML, traffic.htmlNanos());
        MILESTONES.forEach((name, milestone) -> put(at, milestone, marks.getOrDefault(name, PaintModel.NEVER)));
        put(at, Milestone.SPINNER_GONE, paint.goneNanos());
        if (paint.firstNanos() != PaintModel.NEVER && painted() && !traffic.stylesPending()) {
            double unblocked =
                    Math.max(ms(traffic.stylesNanos()), ms(marks.getOrDefault("evaluated", PaintModel.NEVER)));
            double first = Math.max(ms(paint.firstNanos()), unblocked);
            at.put(Milestone.FCP_MODEL, first);
            at.put(Milestone.LCP_MODEL, Math.max(first, ms(paint.largestNanos())));
        }
        return new Milestones(at);
    }

    /** A browser paints nothing while it still evaluates the scripts of the head. */
    private boolean painted() {
        return marks.containsKey("evaluated") || (!marks.containsKey("embed") && !parsing.get());
    }

    private void put(Map<Milestone, Double> at, Milestone milestone, long nanos) {
        if (nanos != PaintModel.NEVER) {
            at.put(milestone, ms(nanos));
        }
    }

    /** Milliseconds from the intended start; 0 for what never was. */
    private double ms(long nanos) {
        return nanos == PaintModel.NEVER ? 0 : PageBrowser.millis(request.intendedStartNanos(), nanos);
    }
}
