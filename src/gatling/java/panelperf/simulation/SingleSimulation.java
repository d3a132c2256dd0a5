package panelperf.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static java.time.Duration.ofSeconds;
import static panelperf.gatling.PanelDsl.page;

import io.gatling.javaapi.core.ScenarioBuilder;
import panelperf.study.StudySimulation;

/** What one user sees on a server that has nothing else to do. */
public final class SingleSimulation extends StudySimulation {
    private final ScenarioBuilder single =
            scenario("single").exec(page("single").open("/").timeout(study.deadline(ofSeconds(5))));

    public SingleSimulation() {
        super("single");
        setUp(study.course(single.injectOpen(atOnceUsers(1))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
