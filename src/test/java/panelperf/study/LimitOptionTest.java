package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.verdict.Threshold;

final class LimitOptionTest {
    @Test
    void without_limits_they_are_the_studys() {
        assertThat(names(List.of("load"), Map.of("users", "3")))
                .containsExactly(
                        "load: server responded >= 95 %",
                        "load: page loaded >= 95 %",
                        "load: FCP (model) p90 <= 1000 ms",
                        "load: LCP (model) p90 <= 3000 ms");
    }

    @Test
    void a_limit_takes_the_place_of_the_studys_in_every_scope_or_in_one() {
        Map<String, String> set = Map.of(
                "threshold.fcp_model.p90", "800ms",
                "threshold.load.fcp_model.p90", "2s",
                "threshold.all.page_loaded.rate", "99.5%",
                "threshold.load.spinner_gone.p95", "4s");

        assertThat(names(List.of("single", "load"), set))
                .hasSize(13)
                .contains(
                        "single: FCP (model) p90 <= 800 ms",
                        "load: FCP (model) p90 <= 2000 ms",
                        "all: FCP (model) p90 <= 800 ms",
                        "load: page loaded >= 95 %",
                        "all: page loaded >= 99.5 %",
                        "load: spinner gone p95 <= 4000 ms")
                .doesNotContain("load: FCP (model) p90 <= 1000 ms", "load: FCP (model) p90 <= 800 ms");
    }

    @Test
    void a_limit_of_a_step_is_for_one_scenario_or_for_all_of_them_together() {
        Map<String, String> set = Map.of(
                "threshold.regulars.set_Visitors_at_once.p95", "800ms",
                "threshold.click_G_stebuch.p90", "2s");

        assertThat(names(List.of("regulars", "passers_by"), set))
                .hasSize(14)
                .endsWith("all: click G stebuch p90 <= 2000 ms", "regulars: set Visitors at once p95 <= 800 ms");
        assertThat(names(List.of("regulars"), set))
                .as("where there is one scenario")
                .contains("regulars: click G stebuch p90 <= 2000 ms");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            threshold.fcp_model.p90         | 800  | expected a time with its unit, such as 800ms or 2s, found '800'
            threshold.fcp_model.p90         | fast | expected a time with its unit, such as 800ms or 2s, found 'fast'
            threshold.fcp_model.p90         | 0ms  | expected a time with its unit, such as 800ms or 2s, found '0ms'
            threshold.page_loaded.rate      | 0.95 | expected a share such as 95%, found '0.95'
            threshold.page_loaded.rate      | 101% | expected a share such as 95%, found '101%'
            threshold.paint.p90             | 1s   | where a milestone is one of first_byte, html, fcp_model, lcp_model
            threshold.fcp_model             | 1s   | expected threshold.[scenario.]<milestone>.p<1 to 99>
            threshold.fcp_model.p100        | 1s   | expected threshold.[scenario.]<milestone>.p<1 to 99>
            threshold.fcp_model.rate        | 95%  | and a check server_responded or page_loaded
            threshold.load.set_.p90         | 1s   | a step such as set_Guests or click_Reserve
            threshold.set_Guests.rate       | 95%  | a step such as set_Guests or click_Reserve
            threshold.set_Guests.p90        | 9    | expected a time with its unit, such as 800ms or 2s, found '9'
            threshold.laod.fcp_model.p90    | 1s   | expected a scope of this simulation, one of [load], found 'laod'
            """)
    void what_is_no_limit_is_refused_with_what_was_expected(String name, String value, String expected) {
        assertThatThrownBy(() -> names(List.of("load"), Map.of(name, value)))
                .isInstanceOf(StudyStopped.class)
                .hasMessageStartingWith("option " + name + ": ")
                .hasMessageContaining(expected);
    }

    private static List<String> names(List<String> scenarios, Map<String, String> properties) {
        return LimitOption.thresholds(scenarios, LimitOption.readAll(properties)).stream()
                .map(Threshold::name)
                .toList();
    }

    @Test
    void shares_are_what_was_written() {
        List<Threshold> thresholds = LimitOption.thresholds(
                List.of("load"), LimitOption.readAll(Map.of("threshold.page_loaded.rate", "99.9%")));

        assertThat(thresholds).contains(new Threshold.Rate("load", Threshold.Check.PAGE_LOADED, 999 / 1000.0));
    }
}
