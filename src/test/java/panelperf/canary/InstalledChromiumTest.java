package panelperf.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstalledChromiumTest {
    @TempDir
    Path directory;

    @Test
    void what_the_path_has_comes_before_the_usual_places() throws IOException {
        Path mine = executable("mine", "google-chrome");
        Path driver = executable("usual", "chromedriver");
        executable("usual", "google-chrome");

        assertThat(InstalledChromium.find(path("empty", "mine"), List.of(directory.resolve("usual"))))
                .contains(new InstalledChromium(mine, driver));
    }

    @Test
    void a_browser_without_a_driver_is_none() throws IOException {
        executable("mine", "chromium");
        Files.createDirectories(directory.resolve("mine/chromedriver"));

        assertThat(InstalledChromium.find(path("mine"), List.of())).isEmpty();
        assertThat(InstalledChromium.find(null, List.of())).isEmpty();
    }

    private String path(String... folders) {
        return String.join(
                File.pathSeparator,
                List.of(folders).stream()
                        .map(folder -> directory.resolve(folder).toString())
                        .toList());
    }

    private Path executable(String folder, String name) throws IOException {
        Path file = Files.createDirectories(directory.resolve(folder)).resolve(name);
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
