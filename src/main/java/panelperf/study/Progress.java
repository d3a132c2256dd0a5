package panelperf.study;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import panelperf.report.ProgressLine;
import panelperf.stats.Percentile;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Milestone;
import panelperf.visit.Visit;
import panelperf.visit.VisitListener;
import panelperf.visit.VisitStart;

/** A line a profile, drawn anew each second on a terminal. Visits are told by any thread. */
final class Progress implements VisitListener, AutoCloseable {
    private static final String CURSOR = "\u001b[";
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream terminal;
    private final Ticker ticker;
    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private int drawn;
    private @Nullable ScheduledExecutorService timer;

    Progress(PrintStream terminal, List<String> scenarios, Ticker ticker) {
        this.terminal = terminal;
        this.ticker = ticker;
        scenarios.forEach(scenario -> profiles.put(scenario, new Profile()));
    }

    /** What is known of one profile. */
    private static final class Profile {
        private final List<Double> spinnerMs = new ArrayList<>();
        private boolean begun;
        private long beginNanos;
        private long endNanos;
        private int users;
        private int visits;

        Profile copy() {
            Profile copy = new Profile();
            copy.spinnerMs.addAll(spinnerMs);
            copy.begun = begun;
            copy.beginNanos = beginNanos;
            copy.endNanos = endNanos;
            copy.users = users;
            copy.visits = visits;
            return copy;
        }
    }

    /** Begins to draw. */
    synchronized void start() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        timer = clock;
        var unused = clock.scheduleAtFixedRate(this::draw, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void started(VisitStart start) {
        Profile profile = profiles.get(start.scenario());
        if (profile != null) {
            if (!profile.begun) {
                profile.begun = true;
                profile.beginNanos = ticker.nanos();
            }
            profile.users++;
        }
    }

    @Override
    public synchronized void ended(Visit visit) {
        Profile profile = profiles.get(visit.start().scenario());
        if (profile != null) {
            profile.users--;
            profile.visits++;
            profile.endNanos = ticker.nanos();
            profile.spinnerMs.add(
                    visit.view().milestones().at(Milestone.SPINNER_GONE).orElse(Double.POSITIVE_INFINITY));
        }
    }

    /** Rendered and printed without the lock: a terminal that stands still must not hold up visits. */
    void draw() {
        Map<String, Profile> now = new LinkedHashMap<>();
        synchronized (this) {
            profiles.forEach((scenario, profile) -> now.put(scenario, profile.copy()));
        }
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(CURSOR).append(drawn).append('A');
        }
        now.forEach((scenario, profile) ->
                text.append(ERASE).append(line(scenario, profile)).append('\n'));
        terminal.print(text);
        terminal.flush();
        drawn = profiles.size();
    }

    private String line(String scenario, Profile profile) {
        boolean over = profile.begun && profile.users == 0;
        long until = over ? profile.endNanos : ticker.nanos();
        double elapsedMs = profile.begun ? Timeline.millisBetween(profile.beginNanos, until) : 0;
        double[] spinner =
                profile.spinnerMs.stream().mapToDouble(Double::doubleValue).toArray();
        return ProgressLine.render(
                scenario,
                profile.users,
                Duration.ofMillis((long) elapsedMs),
                profile.visits,
                Percentile.of(90, spinner),
                over);
    }

    /** Stops drawing; the last lines stay. */
    @Override
    public void close() {
        ScheduledExecutorService clock;
        synchronized (this) {
            clock = timer;
            timer = null;
        }
        if (clock != null) {
            clock.shutdown();
            try {
                // Two who draw would draw over each other; one who never ends is left to it.
                if (clock.awaitTermination(1, TimeUnit.SECONDS)) {
                    draw();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
