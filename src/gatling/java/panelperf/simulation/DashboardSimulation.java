package panelperf.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static java.time.Duration.ofSeconds;
import static panelperf.gatling.PanelDsl.page;

import io.gatling.javaapi.core.ScenarioBuilder;
import java.util.List;
import java.util.Map;
import panelperf.study.StudySimulation;
import panelperf.study.TargetKnobs;

/** A dashboard in use: ten who always have it open and move its slider, and one more a second who does so once. */
public final class DashboardSimulation extends StudySimulation {
    private static final String SLIDER = "Visitors at once";

    private final ScenarioBuilder regulars = scenario("regulars")
            .feed(listFeeder(List.of(Map.of("few", 5, "many", 80), Map.of("few", 12, "many", 95)))
                    .circular())
            .exec(page("regulars")
                    .open("/")
                    .timeout(study.deadline(ofSeconds(60)))
                    .think(ofSeconds(1), ofSeconds(3))
                    .set(SLIDER, "#{many}")
                    .waitUntilIdle()
                    .think(ofSeconds(2), ofSeconds(4))
                    .set(SLIDER, "#{few}")
                    .waitUntilIdle());

    private final ScenarioBuilder passersBy = scenario("passers_by")
            .exec(page("passers_by")
                    .open("/")
                    .timeout(study.deadline(ofSeconds(60)))
                    .think(ofSeconds(1))
                    .set(SLIDER, 60)
                    .waitUntilIdle());

    public DashboardSimulation() {
        super(TargetKnobs.app("dashboard"), "regulars", "passers_by");
        setUp(study.course(
                        regulars.injectClosed(
                                constantConcurrentUsers(study.users()).during(study.duration())),
                        passersBy.injectOpen(
                                constantUsersPerSec(study.newcomersPerSecond()).during(study.duration()))))
                .protocols(study.protocol())
                .assertions(study.assertions());
    }
}
