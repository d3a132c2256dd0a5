package panelperf.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import panelperf.target.Behaviour;

/**
 * A set of knobs under one name: a properties file whose keys are options of {@code serve}.
 *
 * @param name how a server with these knobs is called
 * @param values option to value
 */
record Preset(String name, Map<String, String> values) {
    /** Measured on real servers; each file says where, when and how. */
    private static final List<String> MEASURED = List.of("panel-1.3.8", "panel-1.4");

    private static final String SUFFIX = ".properties";

    Preset {
        values = Map.copyOf(values);
    }

    /** The names of those that come with the product, the one with most faults first. */
    static List<String> all() {
        return Stream.concat(MEASURED.stream(), Stream.of(Behaviour.NATIVE)).toList();
    }

    /** Without any of the faults. */
    static Preset standard() {
        return new Preset(Behaviour.NATIVE, Map.of());
    }

    /**
     * The preset of that name, or in that file.
     *
     * @throws IllegalArgumentException when there is neither, or the file sets what is no knob
     */
    static Preset named(String name) {
        if (name.equals(Behaviour.NATIVE)) {
            return standard();
        }
        Preset preset = MEASURED.contains(name) ? measured(name) : file(Path.of(name));
        List<String> strangers = preset.values().keySet().stream()
                .filter(key -> !ServeKnobs.names().contains(key))
                .sorted()
                .toList();
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("preset " + name + ": expected only "
                    + String.join(", ", ServeKnobs.names()) + ", found " + String.join(", ", strangers)
                    + "; mend the file");
        }
        return preset;
    }

    private static Preset measured(String name) {
        try (InputStream in = Preset.class.getResourceAsStream("presets/" + name + SUFFIX)) {
            if (in == null) {
                throw new IllegalStateException("the preset " + name + " is not on the class path");
            }
            return read(name, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the preset " + name + " cannot be read", e);
        }
    }

    private static Preset file(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("option preset: expected " + Behaviour.NATIVE + ", "
                    + String.join(", ", MEASURED) + " or a file, found '" + path + "'; calibrate-preset makes one");
        }
        try (Reader in = Files.newBufferedReader(path)) {
            return read(fileName(path), in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "option preset: the file '" + path + "' cannot be read: " + e.getMessage() + "; mend it", e);
        }
    }

    private static String fileName(Path path) {
        Path last = path.getFileName();
        String name = last == null ? path.toString() : last.toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static Preset read(String name, Reader in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        Map<String, String> values = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty, (one, other) -> other, TreeMap::new));
        return new Preset(name, values);
    }

    /**
     * The preset that arguments or system properties ask for.
     *
     * @param property {@code -Dpreset}; null when there is none
     */
    static Preset askedFor(List<String> arguments, @Nullable String property) {
        return argument(arguments)
                .or(() -> Optional.ofNullable(property))
                .map(Preset::named)
                .orElseGet(Preset::standard);
    }

    private static Optional<String> argument(List<String> arguments) {
        String option = ServeKnobs.PRESET;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(option + "=")) {
                return Optional.of(arguments.get(i).substring(option.length() + 1));
            } else if (arguments.get(i).equals(option) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
