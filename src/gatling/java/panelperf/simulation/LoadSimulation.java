package panelperf.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static java.time.Duration.ofSeconds;
import static panelperf.gatling.PanelDsl.page;

import io.gatling.javaapi.core.ScenarioBuilder;
import panelperf.study.StudySimulation;

/** The whole study: one visit, ten visits at once, and ten users who visit for four minutes. */
public final class LoadSimulation extends StudySimulation {
    private final ScenarioBuilder single =
            scenario("single").exec(page("single").open("/").timeout(study.deadline(ofSeconds(5))));

    private final ScenarioBuilder singleLoad =
            scenario("single_load").exec(page("single_load").open("/").timeout(study.deadline(ofSeconds(10))));

    private final ScenarioBuilder load = scenario("load")
            .during(study.duration(), false)
            .on(page("load").open("/").timeout(study.deadline(ofSeconds(60))));

    public LoadSimulation() {
        super("single", "single_load", "load");
        setUp(study.course(
                        single.injectOpen(atOnceUsers(1)),
                        singleLoad.injectOpen(nothingFor(ofSeconds(5)), atOnceUsers(study.users())),
                        load.injectOpen(nothingFor(ofSeconds(15)), atOnceUsers(study.users()))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
