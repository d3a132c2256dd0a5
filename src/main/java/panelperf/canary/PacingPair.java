package panelperf.canary;

import java.util.Optional;
import java.util.OptionalDouble;
import panelperf.visit.BrowserMilestone;
import panelperf.visit.CanaryVisit;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageView;

/**
 * One visit of a browser and one of an engine without pacing, next to each other.
 *
 * @param browserOpenMs from the navigation's start until the browser's websocket was open
 * @param browserReadyMs from the pulled document until the browser sent {@code document_ready}
 * @param scriptsMs of the first, the time since the last script had come
 * @param engineOpenMs from the visit's start until the engine's websocket was open
 * @param engineReadyMs from the pulled document until the engine sent {@code document_ready}
 */
record PacingPair(
        double browserOpenMs, double browserReadyMs, double scriptsMs, double engineOpenMs, double engineReadyMs) {
    /** Empty unless both pages loaded over a websocket. */
    static Optional<PacingPair> of(CanaryVisit browser, PageView engine) {
        OptionalDouble open = browser.at(BrowserMilestone.WS_OPEN);
        OptionalDouble pulled = browser.at(BrowserMilestone.PULLED);
        OptionalDouble ready = browser.at(BrowserMilestone.READY);
        OptionalDouble engineOpen = engine.milestones().at(Milestone.WS_OPEN);
        OptionalDouble enginePulled = engine.milestones().at(Milestone.PULLED);
        OptionalDouble engineReady = engine.milestones().at(Milestone.READY);
        boolean whole = browser.outcome() instanceof Outcome.Loaded
                && engine.outcome() instanceof Outcome.Loaded
                && open.isPresent()
                && pulled.isPresent()
                && ready.isPresent()
                && engineOpen.isPresent()
                && enginePulled.isPresent()
                && engineReady.isPresent();
        return whole
                ? Optional.of(new PacingPair(
                        open.getAsDouble(),
                        ready.getAsDouble() - pulled.getAsDouble(),
                        open.getAsDouble()
                                - browser.at(BrowserMilestone.SCRIPTS).orElse(0),
                        engineOpen.getAsDouble() - engine.queuedMs(),
                        engineReady.getAsDouble() - enginePulled.getAsDouble()))
                : Optional.empty();
    }
}
