package panelperf.visitcost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import panelperf.headless.PageParts;

/**
 * What the parts of a light visit take without a network, by JMH: {@code mvn test -Dtest=PartsCost}, with {@code
 * -Dpages=ours,hello,dashboard} and {@code -Dforks=2}. Not run by itself. Time is that of one visit after the other, so not the
 * collector's and the compiler's on the other processor; memory is what was allocated.
 */
final class PartsCost {
    /** HtmlUnit is compiled for half a minute. */
    private static final int WARM_UPS = 6;

    private static final TimeValue WARM_UP = TimeValue.seconds(5);
    private static final int MEASUREMENTS = 5;
    private static final TimeValue MEASUREMENT = TimeValue.seconds(2);

    @Test
    void prints_what_the_parts_of_a_visit_cost() throws Exception {
        List<String> recordings = new ArrayList<>();
        for (String page : VisitCost.list("pages", "ours,hello,dashboard")) {
            recordings.add(VisitCost.recording(page).toString());
        }
        var results = new Runner(new OptionsBuilder()
                        .include(PageParts.class.getName())
                        .param("recording", recordings.toArray(String[]::new))
                        .jvmArgs(VisitCost.flags().get(0).toArray(String[]::new))
                        .addProfiler(GCProfiler.class)
                        .forks(Integer.getInteger("forks", 2))
                        .warmupIterations(WARM_UPS)
                        .warmupTime(WARM_UP)
                        .measurementIterations(MEASUREMENTS)
                        .measurementTime(MEASUREMENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results).hasSize(1 + 2 * recordings.size());
    }
}
