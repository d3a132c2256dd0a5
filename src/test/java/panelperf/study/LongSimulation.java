package panelperf.study;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.page;

/** Users who visit from the first second on, so that a test need not wait for the study's fifteenth. */
public final class LongSimulation extends StudySimulation {
    public LongSimulation() {
        super("load");
        setUp(study.course(scenario("load")
                        .during(study.duration(), false)
                        .on(page("load").open("/"))
                        .injectOpen(atOnceUsers(study.users()))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
