package panelperf.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.visit.RequestHeaders;

final class OptionsTest {
    @Test
    void nothing_set_is_the_study_as_published_against_our_own_target() {
        Options options = Options.read(Map.of());

        assertThat(options)
                .isEqualTo(new Options(
                        null,
                        5555,
                        new TargetKnobs(Map.of()),
                        10,
                        Duration.ofMinutes(4),
                        List.of(),
                        null,
                        "on",
                        false,
                        null,
                        false,
                        RequestHeaders.none(),
                        null,
                        new Options.Course(true, true, true, true, true),
                        false,
                        List.of(),
                        false,
                        Path.of("target/panel-performance")));
    }

    @Test
    void every_option_is_read() {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("baseUrl", "https://example.org/app");
        set.put("port", "0");
        set.put("users", "3");
        set.put("duration", "30s");
        set.put("profiles", "single, load");
        set.put("timeout", "1500ms");
        set.put("pacing", "off");
        set.put("engine", "full");
        set.put("transpiled", "scripts");
        set.put("cache", "warm");
        set.put("header.X-Team", "load");
        set.put("ca", "own.pem");
        set.put("warmup", "off");
        set.put("baseline", "off");
        set.put("settle", "off");
        set.put("drain", "off");
        set.put("serverSide", "off");
        set.put("canary", "on");
        set.put("strict", "on");
        set.put("results", "out");

        Options options = Options.read(set);

        assertThat(options)
                .isEqualTo(new Options(
                        URI.create("https://example.org/app"),
                        0,
                        new TargetKnobs(Map.of()),
                        3,
                        Duration.ofSeconds(30),
                        List.of("single", "load"),
                        Duration.ofMillis(1500),
                        "off",
                        true,
                        Path.of("scripts"),
                        true,
                        RequestHeaders.none().with("X-Team", "load"),
                        Path.of("own.pem"),
                        new Options.Course(false, false, false, false, false),
                        true,
                        List.of(),
                        true,
                        Path.of("out")));
        set.remove("header.X-Team");
        set.put("header.*", "any name");
        set.put("threshold.*", "see LimitOptionTest");
        assertThat(set.keySet()).containsExactlyInAnyOrderElementsOf(Option.properties());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    baseUrl  | localhost:5006  | an http or https URL
                    baseUrl  | ftp://host/     | an http or https URL
                    baseUrl  | http://a b/     | an http or https URL
                    port     | 65536           | a whole number from 0 to 65535
                    port     | five            | a whole number from 0 to 65535
                    users    | 0               | a whole number from 1 to 100000
                    users    | -3              | a whole number from 1 to 100000
                    duration | 4               | written as 500ms, 30s, 4m or 1h
                    duration | 0s              | more than 0 and at most 24h
                    duration | 99999h          | more than 0 and at most 24h
                    timeout  | soon            | written as 500ms, 30s, 4m or 1h
                    engine   | chrome          | light or full
                    cache    | hot             | cold or warm
                    warmup   | yes             | on or off
                    drain    | 30s             | on or off
                    canary   | yes             | off or on
                    strict   | true            | off or on
                    """)
    void a_bad_value_is_refused_with_the_valid_ones(String option, String value, String expected) {
        assertThatThrownBy(() -> Options.read(Map.of(option, value)))
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("option " + option + ": expected ")
                .hasMessageContaining(expected)
                .hasMessageContaining("found '" + value + "'");
    }

    @Test
    void a_header_or_certificate_file_that_cannot_be_used_is_refused_without_its_secret() {
        assertThatThrownBy(() -> Options.read(Map.of("header.Host", "geheim")))
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("found 'Host'; start again with a valid -Dheader.<Name>")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> Options.read(Map.of("ca", "no/such.pem")).tls())
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("no/such.pem cannot be read")
                .hasMessageContaining("start again with a valid -Dca");
        assertThatThrownBy(() -> Options.read(Map.of("ca", "pom.xml")).tls())
                .isInstanceOf(StudyStopped.class)
                .hasMessageContaining("expected certificates in PEM in pom.xml");
    }

    @Test
    void what_a_run_says_of_its_settings_hides_headers() {
        Options options = Options.read(Map.of("header.Authorization", "geheim"));

        assertThat(RunSettings.of(options, "light"))
                .containsEntry("header.Authorization", "REDACTED")
                .doesNotContainValue("geheim");
        assertThat(options.toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({
        "user, users",
        "Users, users",
        "durration, duration",
        "warm-up, warmup",
        "setle, settle",
        "prot, port",
        "straight, ",
        "simulation, ",
        "users, ",
        "user.dir, "
    })
    void a_property_one_or_two_letters_from_an_option_is_warned_of(String set, @Nullable String meant) {
        List<String> expected = meant == null
                ? List.of()
                : List.of("-D" + set + " is no option and has no effect; did you mean -D" + meant + "?");

        assertThat(Option.nearMisses(List.of(set))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "baseURL, baseUrl",
        "baseUlr, baseUrl",
        "treshold.fcp_model.p90, threshold.fcp_model.p90",
        "thresholds.load.page_loaded.rate, threshold.load.page_loaded.rate"
    })
    void a_misspelt_server_or_limit_stops_the_run(String set, String meant) {
        assertThatThrownBy(() -> Option.nearMisses(List.of(set)))
                .isInstanceOf(StudyStopped.class)
                .hasMessage("-D" + set + " is no option and has no effect; did you mean -D" + meant + "?");
    }

    @Test
    void a_variable_that_was_not_set_does_not_choose_our_own_target() {
        assertThatThrownBy(() -> Options.read(Map.of("baseUrl", " ")))
                .hasMessage("option baseUrl: expected a value, found ' '; start again with a valid -DbaseUrl");
    }

    @Test
    void the_readmes_table_is_the_codes() throws IOException {
        String table = Arrays.stream(Option.values())
                .map(option ->
                        "| `" + option.property() + "` | " + option.byDefault() + " | " + option.meaning() + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("README.md")))
                .contains("| option | by default | what it sets |\n| --- | --- | --- |\n" + table);
    }

    @Test
    void profiles_run_in_the_simulations_order_and_others_are_refused() {
        List<String> simulation = List.of("single", "single_load", "load");

        assertThat(Options.read(Map.of()).profilesOf(simulation)).isEqualTo(simulation);
        assertThat(Options.read(Map.of("profiles", "load,single")).profilesOf(simulation))
                .containsExactly("single", "load");
        assertThatThrownBy(() -> Options.read(Map.of("profiles", "load,laod")).profilesOf(simulation))
                .isInstanceOf(StudyStopped.class)
                .hasMessage("option profiles: expected some of [single, single_load, load], with commas between them,"
                        + " found 'laod'; start again with a valid -Dprofiles");
    }

    @Test
    void a_visits_deadline_is_its_profiles_unless_one_was_asked_for() {
        Duration profile = Duration.ofSeconds(5);

        assertThat(Options.read(Map.of()).deadlineOr(profile)).isEqualTo(profile);
        assertThat(Options.read(Map.of("timeout", "2s")).deadlineOr(profile)).isEqualTo(Duration.ofSeconds(2));
    }
}
