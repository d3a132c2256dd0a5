package panelperf.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.session.Knobs;
import panelperf.session.Spread;

final class PresetTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"native", "panel-1.3.8", "panel-1.4"})
    void a_preset_that_comes_with_the_product_sets_knobs_that_there_are(String name) {
        assertThat(Preset.named(name).name()).isEqualTo(name);
        assertThat(ServeKnobs.of(Preset.named(name))).isNotNull();
    }

    @Test
    void native_is_what_the_options_say_without_a_preset() {
        assertThat(ServeKnobs.of(Preset.standard())).isEqualTo(Knobs.standard());
    }

    @Test
    void panel_1_3_8_has_the_faults_and_1_4_collects_once_for_many() {
        Knobs old = ServeKnobs.of(Preset.named("panel-1.3.8"));
        Knobs newer = ServeKnobs.of(Preset.named("panel-1.4"));

        assertThat(old.initialisation().order()).isEqualTo(Knobs.Order.SEQUENTIAL);
        assertThat(old.destruction().mode()).isEqualTo(Knobs.Mode.EACH);
        assertThat(old.expiry().cleanUp()).isEqualTo(Knobs.CleanUp.BLOCKS);
        assertThat(newer.destruction().mode()).isEqualTo(Knobs.Mode.DEBOUNCED);
    }

    @Test
    void a_file_is_a_preset_of_its_name() throws IOException {
        Path file = Files.writeString(directory.resolve("ours.properties"), "init-time = 40ms\ninit = sequential\n");

        Preset preset = Preset.named(file.toString());

        assertThat(preset.name()).isEqualTo("ours");
        assertThat(ServeKnobs.of(preset).initialisation())
                .isEqualTo(new Knobs.Initialisation(Knobs.Order.SEQUENTIAL, Spread.parse("40ms")));
    }

    @Test
    void a_file_that_sets_what_is_no_knob_is_refused_by_name() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.properties"), "port = 1\ninit-tme = 40ms\n");

        assertThatThrownBy(() -> Preset.named(file.toString()))
                .hasMessageContaining("found init-tme, port; mend the file");
    }

    @Test
    void what_is_neither_a_name_nor_a_file_is_refused_with_the_names() {
        assertThatThrownBy(() -> Preset.named("panel-9"))
                .hasMessage("option preset: expected native, panel-1.3.8, panel-1.4 or a file, found 'panel-9';"
                        + " calibrate-preset makes one");
    }

    @Test
    void an_argument_wins_over_the_property() {
        assertThat(Preset.askedFor(List.of("--preset=native"), "panel-1.4").name())
                .isEqualTo("native");
        assertThat(Preset.askedFor(List.of("serve", "--preset", "panel-1.4"), null)
                        .name())
                .isEqualTo("panel-1.4");
        assertThat(Preset.askedFor(List.of(), "panel-1.4").name()).isEqualTo("panel-1.4");
        assertThat(Preset.askedFor(List.of(), null).name()).isEqualTo("native");
    }
}
