package panelperf.target.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import panelperf.session.Hold;
import panelperf.session.PoolUse;
import panelperf.session.ServerSession;
import panelperf.session.SessionObserver;
import panelperf.session.Work;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** What a server's sessions, its document loop and its pool have done so far. Any thread; see the door plate. */
public final class History implements SessionObserver {
    private final Ticker ticker;
    private final Timeline timeline;
    private final Limits limits;
    private final Log log;
    private final long startNanos;
    private final Map<Long, Watched> live = new LinkedHashMap<>();
    private final Recent<Watched> ended;
    private final Recent<Hold> holds;
    private final Tally tally = new Tally();
    private final Profile profile = new Profile();
    private final Stalls stalls;
    private final Load load;
    private final Trend trend;
    private final RowBudget rows;
    private final Map<Long, Watched> changed = new LinkedHashMap<>();
    private final Trend.Now now = new Trend.Now() {
        @Override
        public Census census() {
            return tally.census();
        }

        @Override
        public double renderMeanNanos() {
            return profile.timeToRender().meanNanos();
        }

        @Override
        public double durationMeanNanos() {
            return profile.duration().meanNanos();
        }
    };

    private long withoutRow;
    private boolean collects;

    /** Nothing has happened yet. */
    public History(Ticker ticker, Timeline timeline, Limits limits) {
        this.ticker = ticker;
        this.timeline = timeline;
        this.limits = limits;
        this.startNanos = ticker.nanos();
        this.log = new Log(limits.logLines());
        this.ended = new Recent<>(limits.ended());
        this.holds = new Recent<>(limits.holds());
        this.stalls = new Stalls(limits.stall().toNanos());
        this.load = new Load(limits.trendSeconds(), startNanos);
        this.trend = new Trend(limits.trendSeconds(), startNanos);
        this.rows = new RowBudget(limits.rowBurst(), limits.rowsPerSecond(), startNanos);
    }

    @Override
    public synchronized void changed(ServerSession session) {
        long nowNanos = ticker.nanos();
        trend.advance(nowNanos, now);
        long number = session.key().number();
        Watched watched = live.get(number);
        ServerSession before = watched == null ? null : watched.session();
        if (watched == null) {
            watched = new Watched(session, rows.take(nowNanos));
            withoutRow += watched.hasRow() ? 0 : 1;
            live.put(number, watched);
        }
        tally.changed(before, session);
        for (Phase.Stretch over : watched.changed(session)) {
            long lasted = over.untilNanos().orElse(over.fromNanos()) - over.fromNanos();
            profile.phase(over.phase()).record(lasted);
            SessionPhaseEvent.write(session.key(), over.phase(), timeline.epochMs(over.fromNanos()), lasted);
        }
        milestones(before, watched);
        if (watched.hasRow()) {
            if (collects) {
                changed.put(number, watched);
            }
            SessionWords.of(before, session)
                    .forEach(told -> log.add(new LogLine(
                            timeline.epochMs(told.nanos()),
                            LogLine.Level.INFO,
                            Optional.of(session.key()),
                            told.text())));
        }
        if (session.destroyedNanos().isPresent()) {
            live.remove(number);
            ended.add(watched);
        }
    }

    private void milestones(@Nullable ServerSession before, Watched watched) {
        ServerSession session = watched.session();
        if (session.readyNanos().isPresent()
                && (before == null || before.readyNanos().isEmpty())) {
            long nanos = Math.max(0, session.readyNanos().getAsLong() - watched.startedNanos());
            profile.timeToRender().record(nanos);
            trend.rendered(nanos);
        }
        if (session.renderedNanos().isPresent()
                && (before == null || before.renderedNanos().isEmpty())) {
            long nanos = session.renderedNanos().getAsLong() - session.createdNanos();
            profile.spinner().record(nanos);
            trend.spinnerGone(nanos);
        }
        if (session.destroyedNanos().isPresent()) {
            profile.duration().record(Math.max(0, session.destroyedNanos().getAsLong() - watched.startedNanos()));
        }
    }

    @Override
    public synchronized void held(Hold hold) {
        trend.advance(ticker.nanos(), now);
        profile.held(hold);
        load.held(hold);
        long nanos = hold.endNanos() - hold.startNanos();
        if (nanos >= limits.shortestHold().toNanos()) {
            holds.add(hold);
        }
        if (hold.work() == Work.INITIALISE) {
            hold.session().map(key -> live.get(key.number())).ifPresent(session -> session.started(hold.startNanos()));
        }
        if (stalls.heard(hold)) {
            log.add(new LogLine(
                    timeline.epochMs(hold.endNanos()),
                    LogLine.Level.WARN,
                    hold.session(),
                    "the document loop was held for " + Words.time(nanos) + ": " + Words.of(hold.work())));
        }
        LoopHoldEvent.write(hold, timeline.epochMs(hold.startNanos()));
    }

    @Override
    public synchronized void rendered(PoolUse use) {
        trend.advance(ticker.nanos(), now);
        profile.used(use);
        load.used(use);
        PoolUseEvent.write(use, timeline.epochMs(use.startNanos()));
    }

    /** Where whoever else has something to say about this server says it. */
    public Log log() {
        return log;
    }

    /** What its instants mean. */
    Timeline timeline() {
        return timeline;
    }

    Limits limits() {
        return limits;
    }

    /** How long this server has been there. */
    long ageNanos() {
        return ticker.nanos() - startNanos;
    }

    long nowNanos() {
        return ticker.nanos();
    }

    /** The sessions that live, and those that ended, as many as are kept; in the order of their numbers. */
    public List<ServerSession> sessions() {
        List<ServerSession> all = new ArrayList<>();
        synchronized (this) {
            ended.after(0, Integer.MAX_VALUE).forEach(one -> all.add(one.value().session()));
            live.values().forEach(one -> all.add(one.session()));
        }
        all.sort((a, b) -> Long.compare(a.key().number(), b.key().number()));
        return all;
    }

    /** Does something with what is known, while nothing changes; it must be quick. */
    synchronized <T> T ask(Function<Known, T> question) {
        trend.advance(ticker.nanos(), now);
        return question.apply(new Known());
    }

    /** What is known, for as long as the question lasts. */
    final class Known {
        private Known() {}

        Census census() {
            return tally.census();
        }

        Profile profile() {
            return profile;
        }

        Stalls stalls() {
            return stalls;
        }

        Load load() {
            return load;
        }

        Trend trend() {
            return trend;
        }

        Recent<Hold> holds() {
            return holds;
        }

        /** Sessions that came too fast to get rows. */
        long withoutRow() {
            return withoutRow;
        }

        /** The newest sessions that have rows, at most so many, those that live before those that ended. */
        List<Watched.Row> rows() {
            List<Watched> all = new ArrayList<>();
            List<Recent.Numbered<Watched>> over = ended.after(0, limits.ended());
            over.forEach(one -> all.add(one.value()));
            all.addAll(live.values());
            List<Watched.Row> found = new ArrayList<>();
            for (int i = all.size() - 1; i >= 0 && found.size() < limits.rows(); i--) {
                if (all.get(i).hasRow()) {
                    found.add(all.get(i).row());
                }
            }
            return found;
        }

        /** Whether to collect what {@link #changed} is asked for; nobody asks while no page is open. */
        void collect(boolean wanted) {
            collects = wanted;
            changed.clear();
            load.changed();
        }

        /** Sessions with rows that changed since this was last asked. */
        List<Watched.Row> changed() {
            List<Watched.Row> found =
                    changed.values().stream().map(Watched::row).toList();
            changed.clear();
            return found;
        }
    }
}
