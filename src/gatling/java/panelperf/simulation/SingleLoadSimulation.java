package panelperf.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static java.time.Duration.ofSeconds;
import static panelperf.gatling.PanelDsl.page;

import io.gatling.javaapi.core.ScenarioBuilder;
import panelperf.study.StudySimulation;

/** What ten users see who open the page at the same moment. */
public final class SingleLoadSimulation extends StudySimulation {
    private final ScenarioBuilder singleLoad =
            scenario("single_load").exec(page("single_load").open("/").timeout(study.deadline(ofSeconds(10))));

    public SingleLoadSimulation() {
        super("single_load");
        setUp(study.course(singleLoad.injectOpen(atOnceUsers(study.users()))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
