package panelperf.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static panelperf.gatling.PanelDsl.aside;
import static panelperf.gatling.PanelDsl.checks;
import static panelperf.gatling.PanelDsl.page;
import static panelperf.gatling.PanelDsl.panel;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import panelperf.visit.Visit;
import panelperf.visit.VisitListener;
import panelperf.visit.VisitStart;

/** Pages that load, fail and break, as {@link PageActionTest} expects them in Gatling's statistics. */
public final class PagesSimulation extends Simulation {
    static final List<VisitStart> STARTED = new CopyOnWriteArrayList<>();
    static final List<Visit> ENDED = new CopyOnWriteArrayList<>();
    static final ScriptedBrowser BROWSER = new ScriptedBrowser();

    static final AtomicInteger ASIDES = new AtomicInteger();

    private final ScenarioBuilder good = scenario("good")
            .exec(session -> session.set("who", "ada"))
            .repeat(3)
            .on(page("good").open("/app?u=#{who}"));

    private final ScenarioBuilder bad = scenario("bad")
            .exec(page("bad").open("/fails"))
            .exec(page("bad").open("/throws"))
            .exec(page("nowhere").open("/#{nobody}"))
            .exec(aside("quiet", ASIDES::incrementAndGet))
            .exec(aside("loud", () -> {
                ASIDES.incrementAndGet();
                throw new IllegalStateException("an aside that fails");
            }))
            .exec(page("after").open("/"));

    private final ScenarioBuilder stepped = scenario("stepped")
            .exec(session -> session.set("guests", 7).set("city", "Rome"))
            .exec(page("stepped")
                    .open("/app")
                    .think(Duration.ofSeconds(2))
                    .set("Guests", "#{guests}")
                    .waitUntilIdle()
                    .set("City", "to #{city}")
                    .set("Smoking", true)
                    .set("pages", "active", 1)
                    .set("Rooms", session -> session.getInt("guests") / 2)
                    .click("Refresh")
                    .waitUntilIdle(Duration.ofSeconds(1))
                    .saveMilestones("first"))
            .exec(page("saved").open("/saved?gone=#{first.spinner_gone}&load=#{first.load}"));

    private final ScenarioBuilder leaving = scenario("leaving")
            .exec(page("leaving").open("/stuck").set("Guests", 7).waitUntilIdle())
            .exitHereIfFailed()
            .exec(page("unreached").open("/unreached"));

    private final ScenarioBuilder valueless = scenario("valueless")
            .exec(page("drawn").open("/drawn").think(Duration.ofSeconds(2), Duration.ofSeconds(5)))
            .exec(page("valueless").open("/valueless").set("Guests", "#{nobody}"));

    private final ScenarioBuilder checked = scenario("checked")
            .exec(checks(
                    "verdict", () -> List.of(new Check("holds", true, ""), new Check("does not hold", false, "7 > 3"))))
            .exec(checks("broken", () -> {
                throw new IllegalStateException("no checks to be had");
            }));

    {
        setUp(
                        good.injectOpen(atOnceUsers(2)),
                        bad.injectOpen(atOnceUsers(1)),
                        stepped.injectClosed(constantConcurrentUsers(1).during(1)),
                        leaving.injectOpen(atOnceUsers(1)),
                        valueless.injectOpen(atOnceUsers(1)),
                        checked.injectOpen(atOnceUsers(1)))
                .protocols(panel.baseUrl("http://localhost:1").browser(BROWSER).listener(new VisitListener() {
                    @Override
                    public void started(VisitStart start) {
                        STARTED.add(start);
                    }

                    @Override
                    public void ended(Visit visit) {
                        ENDED.add(visit);
                    }
                }))
                .assertions(
                        details("good", "page loaded")
                                .successfulRequests()
                                .count()
                                .is(6L),
                        details("good", "server responded")
                                .successfulRequests()
                                .count()
                                .is(6L),
                        details("good", "FCP (model)").responseTime().max().is(40),
                        details("good", "spinner gone").responseTime().min().is(70),
                        details("bad", "page loaded").failedRequests().count().is(2L),
                        details("nowhere", "page loaded")
                                .failedRequests()
                                .count()
                                .is(1L),
                        details("stepped", "set Guests").responseTime().max().is(25),
                        details("stepped", "click Refresh")
                                .failedRequests()
                                .count()
                                .is(0L),
                        details("stepped", "page loaded").responseTime().max().is(70),
                        details("leaving", "set Guests")
                                .failedRequests()
                                .count()
                                .is(1L),
                        details("valueless", "page loaded")
                                .failedRequests()
                                .count()
                                .is(1L),
                        details("after", "page loaded")
                                .successfulRequests()
                                .count()
                                .is(1L),
                        details("verdict", "holds").failedRequests().count().is(0L),
                        details("verdict", "does not hold")
                                .failedRequests()
                                .count()
                                .is(1L),
                        details("broken", "broken").failedRequests().count().is(1L));
    }
}
