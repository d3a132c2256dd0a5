package panelperf.visit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser saw of one page.
 *
 * @param status the document's HTTP status; 0 when no answer came
 * @param outcome how it ended
 * @param queuedMs from the intended start to the moment the browser took the page up: the injector's own delay
 * @param jobDelayMs how long the page's own jobs waited behind those of other pages, all together: the injector's too.
 *     Where the user took steps: that of the load, or of the step that waited most
 * @param durationMs from the intended start to the end
 * @param milestones what was reached; where the user took steps, until the page was loaded
 * @param loaders the page's loaders; where the user took steps, those until the page was loaded
 * @param requests HTTP requests sent, the websocket's upgrade included
 * @param receivedBytes bytes of HTTP bodies and websocket payloads received
 * @param sessionId the server session's id, from the page's token; null when there was none
 * @param loadMs from the intended start to when the load was over, by being loaded or otherwise; {@code durationMs} where the
 *     user took no steps
 * @param steps what the user did on the loaded page, in order; those that did not get their turn are absent
 */
public record PageView(
        int status,
        Outcome outcome,
        double queuedMs,
        double jobDelayMs,
        double durationMs,
        Milestones milestones,
        Loaders loaders,
        int requests,
        long receivedBytes,
        @Nullable String sessionId,
        double loadMs,
        List<StepView> steps) {
    /** A page on which the user took no steps. */
    public PageView(
            int status,
            Outcome outcome,
            double queuedMs,
            double jobDelayMs,
            double durationMs,
            Milestones milestones,
            Loaders loaders,
            int requests,
            long receivedBytes,
            @Nullable String sessionId) {
        this(
                status,
                outcome,
                queuedMs,
                jobDelayMs,
                durationMs,
                milestones,
                loaders,
                requests,
                receivedBytes,
                sessionId,
                durationMs,
                List.of());
    }

    public PageView {
        steps = List.copyOf(steps);
        if (!(loadMs >= 0) || !(durationMs >= loadMs)) {
            throw new IllegalArgumentException("page view: expected 0 <= loadMs <= durationMs, found loadMs=" + loadMs
                    + ", durationMs=" + durationMs);
        }
        if (!(jobDelayMs >= 0)) {
            throw new IllegalArgumentException("page view: expected jobDelayMs of 0 or more, found " + jobDelayMs);
        }
        if (!(queuedMs >= 0) || !(durationMs >= queuedMs)) {
            throw new IllegalArgumentException("page view: expected 0 <= queuedMs <= durationMs, found queuedMs="
                    + queuedMs + ", durationMs=" + durationMs);
        }
    }

    /** A page of which nothing was seen. */
    public static PageView unseen(Outcome outcome, double queuedMs, double durationMs) {
        return new PageView(0, outcome, queuedMs, 0, durationMs, Milestones.none(), Loaders.none(), 0, 0, null);
    }

    /** How late the injector made this visit, as far as it knows: its wait in the queue, and its jobs' waits. */
    public double lateMs() {
        return queuedMs + jobDelayMs;
    }
}
