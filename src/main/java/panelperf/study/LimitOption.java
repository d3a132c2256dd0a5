package panelperf.study;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import panelperf.verdict.StudyThresholds;
import panelperf.verdict.Threshold;
import panelperf.visit.Milestone;

/**
 * A limit that was asked for: {@code -Dthreshold.[scenario.]<what>.<how>=<value>}, where what is a milestone, or a step's name
 * written as a word, and how its percentile, or what is a check and how {@code rate}.
 *
 * @param property its full name, for messages
 * @param value as it was written
 * @param scope a scenario, or {@code all}; null: each of them and all, of a step all alone
 */
public record LimitOption(
        String property, String value, @Nullable String scope, Limit limit) {
    private static final String PREFIX = "threshold.";
    private static final Pattern NAME = Pattern.compile("threshold\\.(?:(\\w+)\\.)?(\\w+)\\.(p[1-9]\\d?|rate)");
    /** The beginnings of {@link panelperf.visit.Step#name()}. */
    private static final Pattern STEP = Pattern.compile("(?:set|click)_.+");

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");

    /** What is asked for, of any scope. */
    sealed interface Limit {
        Threshold in(String scope);

        /** Whether a threshold is about the same figure. */
        boolean sameFigure(Threshold threshold);

        /** Whether every scenario has the figure, so that without a scenario the limit is for each of them. */
        default boolean isEverywhere() {
            return true;
        }
    }

    private record Rate(Threshold.Check check, double atLeast) implements Limit {
        @Override
        public Threshold in(String scope) {
            return new Threshold.Rate(scope, check, atLeast);
        }

        @Override
        public boolean sameFigure(Threshold threshold) {
            return threshold instanceof Threshold.Rate rate && rate.check() == check;
        }
    }

    private record Time(Milestone milestone, double rank, double atMostMs) implements Limit {
        @Override
        public Threshold in(String scope) {
            return new Threshold.Time(scope, milestone, rank, atMostMs);
        }

        @Override
        public boolean sameFigure(Threshold threshold) {
            return threshold instanceof Threshold.Time time && time.milestone() == milestone && time.rank() == rank;
        }
    }

    private record StepTime(String step, double rank, double atMostMs) implements Limit {
        @Override
        public Threshold in(String scope) {
            return new Threshold.StepTime(scope, step, rank, atMostMs);
        }

        @Override
        public boolean sameFigure(Threshold threshold) {
            return threshold instanceof Threshold.StepTime time && time.step().equals(step) && time.rank() == rank;
        }

        @Override
        public boolean isEverywhere() {
            return false;
        }
    }

    /**
     * Reads the limits, those for every scope first, so that one for a scenario is stronger.
     *
     * @throws StudyStopped when one is no limit, with what was expected
     */
    static List<LimitOption> readAll(Map<String, String> properties) {
        List<LimitOption> limits = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                limits.add(read(name, value.trim()));
            }
        });
        limits.sort((a, b) -> Boolean.compare(a.scope != null, b.scope != null));
        return limits;
    }

    private static LimitOption read(String name, String value) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw unknown(name);
        }
        String what = matcher.group(2);
        String how = matcher.group(3);
        Optional<Threshold.Check> check = Arrays.stream(Threshold.Check.values())
                .filter(known -> known.word().equals(what))
                .findFirst();
        if (how.equals("rate")) {
            double share = share(name, value);
            return new LimitOption(
                    name, value, matcher.group(1), new Rate(check.orElseThrow(() -> unknown(name)), share));
        }
        Optional<Milestone> milestone = Milestone.ofWord(what);
        if (milestone.isEmpty() && !STEP.matcher(what).matches()) {
            throw unknown(name);
        }
        Duration atMost = Options.durationOf(value)
                .orElseThrow(() -> StudyStopped.badOption(name, "a time with its unit, such as 800ms or 2s", value));
        double rank = Integer.parseInt(how.substring(1));
        double ms = atMost.toNanos() / 1e6;
        Limit limit = milestone.isPresent() ? new Time(milestone.get(), rank, ms) : new StepTime(what, rank, ms);
        return new LimitOption(name, value, matcher.group(1), limit);
    }

    private static double share(String name, String value) {
        Matcher matcher = SHARE.matcher(value);
        if (!matcher.matches()) {
            throw StudyStopped.badOption(name, "a share such as 95%", value);
        }
        // Not by a division of doubles: 99.9 / 100 is more than 999 of 1,000.
        double share = new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
        if (share > 1) {
            throw StudyStopped.badOption(name, "a share such as 95%", value);
        }
        return share;
    }

    private static StudyStopped unknown(String name) {
        String milestones =
                Arrays.stream(Milestone.values()).map(Milestone::word).collect(Collectors.joining(", "));
        return new StudyStopped(
                "option " + name + ": expected threshold.[scenario.]<milestone>.p<1 to 99>,"
                        + " threshold.[scenario.]<step>.p<1 to 99> or threshold.[scenario.]<check>.rate, where a milestone is one of "
                        + milestones
                        + ", a step such as set_Guests or click_Reserve (its name in the report, with _ for what is no"
                        + " letter or digit of ASCII), and a check server_responded or page_loaded; start again with one of these");
    }

    /**
     * The study's limits with those that were asked for in their places, or behind them.
     *
     * @param scenarios in the order of their table
     * @throws StudyStopped when a limit is for a scenario that this simulation does not have
     */
    static List<Threshold> thresholds(List<String> scenarios, List<LimitOption> asked) {
        List<Threshold> thresholds = new ArrayList<>(StudyThresholds.forScenarios(scenarios));
        List<String> scopes = StudyThresholds.scopes(scenarios);
        for (LimitOption option : asked) {
            if (option.scope != null && !scopes.contains(option.scope)) {
                throw StudyStopped.badOption(
                        option.property, "a scope of this simulation, one of " + scopes, option.scope);
            }
            String only =
                    option.scope == null && !option.limit.isEverywhere() ? scopes.get(scopes.size() - 1) : option.scope;
            scopes.stream()
                    .filter(scope -> only == null || only.equals(scope))
                    .forEach(scope -> put(thresholds, option.limit, scope));
        }
        return List.copyOf(thresholds);
    }

    private static void put(List<Threshold> thresholds, Limit limit, String scope) {
        Predicate<Threshold> same = known -> known.scope().equals(scope) && limit.sameFigure(known);
        for (int i = 0; i < thresholds.size(); i++) {
            if (same.test(thresholds.get(i))) {
                thresholds.set(i, limit.in(scope));
                return;
            }
        }
        thresholds.add(limit.in(scope));
    }
}
