package panelperf.benchmark;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;
import static java.time.Duration.ofSeconds;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Page lives a second of our target, of a bare Netty handler that sends the same bytes, and of real Panel: {@code mvn
 * gatling:test -Dsimulation=TargetBenchmark}. A life is GET, websocket, document, {@code document_ready}, and the patch
 * that ends the loader; then the socket closes and the next begins.
 */
public final class TargetBenchmark extends Simulation {
    private static final Duration PATIENCE = ofSeconds(60);

    private final BenchmarkOptions options = BenchmarkOptions.read(System::getProperty);
    private final BenchmarkRun run = BenchmarkRun.begin(options);

    private final ChainBuilder life = exec(http("page")
                    .get("/")
                    .check(regex(PageLife.TOKEN).saveAs("token")))
            .exec(ws("open")
                    .connect("/ws")
                    .subprotocol("bokeh, #{token}")
                    .await(PATIENCE)
                    .on(ws.checkTextMessage("greeted").check(regex("\"ACK\""))))
            .exec(ws("pull").sendText("{\"msgid\":\"m1\",\"msgtype\":\"PULL-DOC-REQ\"}"))
            .exec(ws("pull").sendText("{}"))
            .exec(ws("pull")
                    .sendText("{}")
                    .await(PATIENCE)
                    .on(ws.checkTextMessage("pulled")
                            .matching(regex("\"roots\""))
                            .check(regex("pn-loading"))))
            .exec(ws("ready").sendText("{\"msgid\":\"m2\",\"msgtype\":\"PATCH-DOC\"}"))
            .exec(ws("ready").sendText("{}"))
            .exec(ws("ready")
                    .sendText(PageLife.DOCUMENT_READY)
                    .await(PATIENCE)
                    .on(ws.checkTextMessage("loaded")
                            .matching(regex(PageLife.LOADER_ENDED))
                            .check(regex("css_classes"))))
            .exec(ws("close").close());

    public TargetBenchmark() {
        List<PopulationBuilder> rounds = new ArrayList<>();
        for (Round round : run.rounds()) {
            rounds.add(scenario(round + " begins")
                    .exec(session -> run.begin(round, session))
                    .injectOpen(atOnceUsers(1)));
            rounds.add(scenario(round.toString())
                    .during(round.duration(), false)
                    .on(exec(run::lifeBegins).exitBlockOnFail().on(life).exec(session -> run.lifeEnds(round, session)))
                    .injectOpen(atOnceUsers(options.users()))
                    .protocols(protocol(round)));
            rounds.add(scenario(round + " ends")
                    .exec(session -> run.end(round, session))
                    .injectOpen(atOnceUsers(1)));
        }
        setUp(chained(rounds)).assertions(global().failedRequests().count().is(0L));
    }

    private HttpProtocolBuilder protocol(Round round) {
        String url = run.url(round.server()).toString();
        return http.baseUrl(url)
                .wsBaseUrl(url.replaceFirst("^http", "ws"))
                .disableCaching()
                .silentResources();
    }

    private static PopulationBuilder chained(List<PopulationBuilder> rounds) {
        PopulationBuilder chain = rounds.get(rounds.size() - 1);
        for (int i = rounds.size() - 2; i >= 0; i--) {
            chain = rounds.get(i).andThen(chain);
        }
        return chain;
    }

    @Override
    public void after() {
        run.finish();
    }
}
