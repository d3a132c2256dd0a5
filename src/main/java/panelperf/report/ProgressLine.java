package panelperf.report;

import java.time.Duration;
import java.util.OptionalDouble;

/** How far a profile is, on one line, as k6 shows it. */
public final class ProgressLine {
    private ProgressLine() {}

    /**
     * The line, without a line feed and at most 100 columns wide.
     *
     * @param scenario the profile
     * @param users users with a visit under way
     * @param elapsed since its first visit began
     * @param visits visits that ended
     * @param spinnerP90Ms p90 of spinner gone so far; empty when there is none
     * @param over whether it has ended
     */
    public static String render(
            String scenario, int users, Duration elapsed, int visits, OptionalDouble spinnerP90Ms, boolean over) {
        String state = over ? "✓" : visits == 0 && users == 0 ? " " : "↻";
        return Figures.format(
                "%s %-12s %4d users  %02d:%02d  %6d visits  spinner gone p90 %s",
                state, scenario, users, elapsed.toMinutes(), elapsed.toSecondsPart(), visits, Figures.ms(spinnerP90Ms));
    }
}
