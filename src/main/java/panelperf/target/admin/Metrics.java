package panelperf.target.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import panelperf.session.Work;

/** The history for machines: OpenMetrics, or Prometheus' older text. Any thread. */
public final class Metrics implements AutoCloseable {
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final History history;

    public Metrics(History history) {
        this.history = history;
        sessions();
        loop();
        pool();
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    private void sessions() {
        counter(
                "panelperf.sessions.opened",
                "Sessions that were created",
                known -> known.census().total());
        counter(
                "panelperf.sessions.destroyed",
                "Sessions that were destroyed",
                known -> known.profile().duration().n());
        live("connecting", known -> known.census().coming());
        live("connected", known -> known.census().connected());
        live("waiting", known -> known.census().waiting());
        Timer toRender = timer(
                "panelperf.session.time.to.render",
                "From the beginning of a session's building until a client has drawn its page, as Panel counts");
        Timer spinner = timer(
                "panelperf.session.time.to.content",
                "From a session being asked for until all that was deferred was there");
        Timer duration =
                timer("panelperf.session.duration", "From the beginning of a session's building until its end");
        history.ask(known -> {
            known.profile().timeToRender().alsoTell(nanos -> toRender.record(nanos, TimeUnit.NANOSECONDS));
            known.profile().spinner().alsoTell(nanos -> spinner.record(nanos, TimeUnit.NANOSECONDS));
            known.profile().duration().alsoTell(nanos -> duration.record(nanos, TimeUnit.NANOSECONDS));
            return true;
        });
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    private void live(String state, ToDoubleFunction<History.Known> value) {
        Gauge.builder("panelperf.sessions.live", history, asked -> asked.ask(value::applyAsDouble))
                .description("Sessions that live, by whether a client has come, is there, or has gone")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<History.Known> value) {
        FunctionCounter.builder(name, history, asked -> asked.ask(value::applyAsDouble))
                .description(description)
                .register(registry);
    }

    private void loop() {
        for (Work work : Work.values()) {
            sums(
                    "panelperf.loop.held",
                    "How long the document loop was held",
                    work,
                    known -> known.profile().held(work));
            sums(
                    "panelperf.loop.waited",
                    "How long was waited for the document loop",
                    work,
                    known -> known.profile().waited(work));
        }
        counter(
                "panelperf.loop.stalls",
                "Holds of the document loop over the limit",
                known -> known.stalls().count());
    }

    private interface Which {
        Distribution of(History.Known known);
    }

    private void sums(String name, String description, Work work, Which which) {
        FunctionTimer.builder(
                        name,
                        history,
                        asked -> asked.ask(known -> which.of(known).n()),
                        asked -> asked.ask(known -> (double) which.of(known).sumNanos()),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tag("work", Words.of(work))
                .register(registry);
    }

    private void pool() {
        pool(
                "panelperf.pool.used",
                "How long places of the render pool were occupied",
                known -> known.profile().used());
        pool(
                "panelperf.pool.waited",
                "How long was waited for a place of the render pool",
                known -> known.profile().queued());
    }

    private void pool(String name, String description, Which which) {
        FunctionTimer.builder(
                        name,
                        history,
                        asked -> asked.ask(known -> which.of(known).n()),
                        asked -> asked.ask(known -> (double) which.of(known).sumNanos()),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }

    /** A count that somebody else keeps, with one tag. */
    public void counted(String name, String description, String tag, String value, LongSupplier count) {
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .tag(tag, value)
                .register(registry);
    }

    /** A number that somebody else knows. */
    public void gauged(String name, String description, LongSupplier value) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** All of it, in the given content type. */
    public String text(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
