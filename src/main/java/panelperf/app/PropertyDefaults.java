package panelperf.app;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option's default is the system property of its name: {@code --render-time} is {@code -Drender-time}, and {@code
 * -DrenderTime} as well, because that is how the simulations' properties are written. Where there is none, it is what the
 * preset says.
 */
final class PropertyDefaults implements IDefaultValueProvider {
    private final Preset preset;

    PropertyDefaults(Preset preset) {
        this.preset = preset;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = option.longestName().substring(2);
        String value = System.getProperty(name);
        if (value == null) {
            value = System.getProperty(camelCase(name));
        }
        return value != null ? value : preset.values().get(name);
    }

    static String camelCase(String name) {
        StringBuilder joined = new StringBuilder();
        for (String word : name.split("-", -1)) {
            joined.append(joined.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return joined.toString();
    }
}
