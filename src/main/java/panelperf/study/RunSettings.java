package panelperf.study;

import java.util.LinkedHashMap;
import java.util.Map;
import panelperf.visit.Redaction;

/** What a run's {@code run.json} says of its settings and of the machine. */
final class RunSettings {
    private RunSettings() {}

    /**
     * What is in force, by its option's name, in the order of the options.
     *
     * @param browser what the pages are opened with, in a few words
     */
    static Map<String, String> of(Options options, String browser) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("browser", browser);
        settings.put("users", Integer.toString(options.users()));
        settings.put("duration", options.duration().toString());
        settings.put(
                "timeout",
                options.timeout() == null ? "by profile" : options.timeout().toString());
        options.headers().values().keySet().forEach(name -> settings.put("header." + name, Redaction.HIDDEN));
        if (options.ca() != null) {
            settings.put("ca", options.ca().toString());
        }
        settings.put("warmup", onOff(options.course().warmUp()));
        settings.put("baseline", onOff(options.course().baseline()));
        settings.put("settle", onOff(options.course().settle()));
        settings.put("drain", onOff(options.course().drain()));
        settings.put("serverSide", onOff(options.course().serverSide()));
        settings.put("canary", onOff(options.canary()));
        settings.put("strict", onOff(options.strict()));
        options.limits().forEach(limit -> settings.put(limit.property(), limit.value()));
        settings.putAll(options.knobs().values());
        return settings;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** What the run runs on. */
    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return environment;
    }
}
