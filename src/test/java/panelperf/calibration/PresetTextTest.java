package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file, byte by byte; {@code -Dgolden.update=true} rewrites it, which is then to be read. */
final class PresetTextTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/preset.properties");

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "ru-RU"})
    void it_is_the_golden_one_and_can_be_read(String country) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(country));
        String text;
        try {
            text = text();
        } finally {
            Locale.setDefault(before);
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);

        Properties read = new Properties();
        read.load(new StringReader(text));
        assertThat(read).containsOnlyKeys("init", "init-time").containsEntry("init-time", "75.1ms~100ms");
    }

    private static String text() {
        Sample init = new Sample();
        for (int i = 0; i <= 10; i++) {
            init.add(75.1 + (i - 5) * (i < 5 ? 1 : 6.225));
        }
        List<Finding> findings = List.of(
                new Finding(
                        "init",
                        "sequential",
                        "of two pages asked for at once the later took 150.2 ms, one alone 75.1 ms"),
                new Finding("init-time", OptionText.spread(init), "GET of the page, to its last byte: " + init.text()));
        return PresetText.of(
                "Panel 1.3.8",
                new Measured("Bokeh 3.3.4, TornadoServer/6.6.1", 190, findings),
                new Machine("Some CPU", 2, "Linux 6.1 amd64", 0.25),
                new Course(40, Duration.ofSeconds(34), false),
                Instant.parse("2026-11-25T03:30:00Z"));
    }
}
