package panelperf.canary;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A browser and its driver, as they are installed on this machine. Nothing is downloaded.
 *
 * @param browser Chromium's or Chrome's executable
 * @param driver ChromeDriver's
 */
public record InstalledChromium(Path browser, Path driver) {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> DRIVERS = List.of("chromedriver", "chromium.chromedriver");
    /** Where packages put them without a word in PATH. */
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin"),
            Path.of("/usr/local/bin"),
            Path.of("/snap/bin"),
            Path.of("/usr/lib/chromium"),
            Path.of("/usr/lib/chromium-browser"),
            Path.of("/opt/google/chrome"),
            Path.of("/opt/homebrew/bin"));

    private static final Path MAC =
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"); // an app, not in any PATH

    /** What to say where there is none. */
    public static final String MISSING =
            "expected Chromium or Chrome, ChromeDriver and /bin/sh on this machine, in PATH or"
                    + " where packages put them, found not all of them; install chromium and chromium-driver";

    /**
     * Looks for them.
     *
     * @param path the environment's PATH; null when there is none
     * @return empty unless all that is needed was found
     */
    public static Optional<InstalledChromium> find(@Nullable String path) {
        return find(path, PLACES);
    }

    static Optional<InstalledChromium> find(@Nullable String path, List<Path> places) {
        List<Path> folders = Stream.concat(
                        Arrays.stream((path == null ? "" : path).split(File.pathSeparator, -1))
                                .filter(folder -> !folder.isBlank())
                                .map(Path::of),
                        places.stream())
                .toList();
        Optional<Path> browser =
                executable(folders, BROWSERS).or(() -> Optional.of(MAC).filter(Files::isExecutable));
        Optional<Path> driver = executable(folders, DRIVERS);
        return browser.isPresent() && driver.isPresent() && Files.isExecutable(DriverProcess.SHELL)
                ? Optional.of(new InstalledChromium(browser.get(), driver.get()))
                : Optional.empty();
    }

    private static Optional<Path> executable(List<Path> folders, List<String> names) {
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }
}
