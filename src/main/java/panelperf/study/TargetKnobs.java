package panelperf.study;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run sets of our own target: options of its command line, as system properties in camel case.
 *
 * @param values property to value, sorted; the target checks them
 */
public record TargetKnobs(Map<String, String> values) {
    static final String PRESET = "preset";

    /** The options of {@code serve} that say how the target behaves, and not where it listens. */
    private static final List<String> NAMES = List.of(
            PRESET,
            "app",
            "bokehjs",
            "init",
            "initTime",
            "renderTime",
            "renderThreads",
            "destroy",
            "destroyTime",
            "destroyGrowth",
            "destroyCrowding",
            "destroyDebounce",
            "endTime",
            "cleanUp",
            "unusedLifetime",
            "checkPeriod",
            "logGrowth",
            "fileTime",
            "connectTime",
            "pullTime",
            "answerTime",
            "sendTime",
            "eventsTime",
            "busyTime",
            "busySocketTime",
            "adminTime",
            "wire",
            "files",
            "tokenLife",
            "keepAlive",
            "maxSessions",
            "maxConnections",
            "seed");

    public TargetKnobs {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Nothing but the app that the target serves, by its name. */
    public static TargetKnobs app(String name) {
        return new TargetKnobs(Map.of("app", name));
    }

    /** These, and of the others what is not set here. */
    TargetKnobs orElse(TargetKnobs others) {
        Map<String, String> all = new TreeMap<>(others.values);
        all.putAll(values);
        return new TargetKnobs(all);
    }

    /** What may be set. */
    public static List<String> names() {
        return NAMES;
    }

    /** Reads those that are set. */
    static TargetKnobs read(Map<String, String> properties) {
        Map<String, String> values = new TreeMap<>(properties);
        values.keySet().retainAll(NAMES);
        return new TargetKnobs(values);
    }

    /** The words with which a JVM is told. */
    List<String> jvmArguments() {
        return values.entrySet().stream()
                .map(knob -> "-D" + knob.getKey() + "=" + knob.getValue())
                .toList();
    }

    /**
     * Nothing may be set for a server that this run does not start.
     *
     * @param server what is there instead, as the begin of a sentence
     * @throws StudyStopped when something is
     */
    void refuseFor(String server) {
        if (!values.isEmpty()) {
            String set = values.keySet().stream().map(name -> "-D" + name).collect(Collectors.joining(", "));
            throw new StudyStopped(
                    server + ", so " + set + " cannot take effect: it is for a target that the run starts;"
                            + " leave it out, or stop that server and name none");
        }
    }
}
