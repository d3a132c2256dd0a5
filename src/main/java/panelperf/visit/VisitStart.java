package panelperf.visit;

import java.net.URI;

/**
 * A visit that was begun.
 *
 * @param scenario the profile's or scenario's name
 * @param user the virtual user's number, unique in the run
 * @param iteration the user's how-manieth visit in this scenario, from 0
 * @param url what was to be opened
 * @param intendedStartMs when it should have begun, milliseconds since the Unix epoch
 */
public record VisitStart(String scenario, long user, int iteration, URI url, double intendedStartMs) {
    public VisitStart {
        if (scenario.isBlank()) {
            throw new IllegalArgumentException("visit: expected the name of its scenario, found a blank");
        }
    }
}
