package panelperf.study;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.page;

/** Two profiles of one visit each: the shortest way to the end of a whole study, without its fifteen seconds of offsets. */
public final class BriefSimulation extends StudySimulation {
    public BriefSimulation() {
        super("first", "second");
        setUp(study.course(
                        scenario("first").exec(page("first").open("/")).injectOpen(atOnceUsers(1)),
                        scenario("second").exec(page("second").open("/")).injectOpen(atOnceUsers(1))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
