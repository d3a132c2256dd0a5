package panelperf.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.checks;

import io.gatling.javaapi.core.Simulation;
import java.util.List;

/** Asks for a check that nobody logged. */
public final class MissingChecksSimulation extends Simulation {
    {
        setUp(scenario("checked")
                        .exec(checks("verdict", () -> List.of(new Check("logged", true, ""))))
                        .injectOpen(atOnceUsers(1)))
                .assertions(details("verdict", "never logged")
                        .failedRequests()
                        .count()
                        .is(0L));
    }
}
