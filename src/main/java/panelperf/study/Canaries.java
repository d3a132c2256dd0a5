package panelperf.study;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import panelperf.canary.Access;
import panelperf.canary.Canary;
import panelperf.canary.CannotStart;
import panelperf.canary.ColdChromium;
import panelperf.canary.InstalledChromium;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.CanaryVisit;

/** The real browser of a run, where one is wanted and there is one. Without it the run goes on, and says so. */
final class Canaries {
    private static final String PHASE = "canary";
    private static final String GOES_ON = "; the run goes on without it";

    private Canaries() {}

    /**
     * A canary that has not begun, with a browser that comes up.
     *
     * @param installed what this machine has
     * @param access what the browser is given, so that the server lets it in
     * @param from the profile with which it is to begin
     * @param whenEnded is told of each of its visits
     * @return empty where this machine has no browser for it
     */
    static Optional<Canary> find(
            Optional<InstalledChromium> installed,
            Access access,
            URI page,
            String from,
            Ticker ticker,
            Timeline timeline,
            Consumer<CanaryVisit> whenEnded,
            Announcements console) {
        if (installed.isEmpty()) {
            console.say(PHASE, InstalledChromium.MISSING + GOES_ON);
            return Optional.empty();
        }
        try {
            Canary canary = new Canary(
                    new ColdChromium(installed.get(), access, ticker, timeline),
                    page,
                    ticker,
                    whenEnded,
                    problem -> console.say(PHASE, problem + GOES_ON));
            console.say(PHASE, canary.ready() + ", from the first visit of " + from + " on");
            return Optional.of(canary);
        } catch (CannotStart e) {
            console.say(PHASE, e.getMessage() + GOES_ON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinkageError e) {
            // Selenium is an optional dependency: another project may have left it out.
            console.say(PHASE, "expected Selenium on the class path, found " + e.getMessage() + " missing" + GOES_ON);
        }
        return Optional.empty();
    }
}
