package panelperf.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run was, known when it began.
 *
 * @param id the name of its directory
 * @param simulation the simulation's simple name
 * @param url the page's address, without secrets
 * @param server what answered there
 * @param scenarios the profiles that were to run, in the order of their table
 * @param startedMs when it began, milliseconds since the Unix epoch
 * @param settings option to value, all that were in force; in order
 * @param environment what it ran on: JVM, machine; in order
 */
public record RunInfo(
        String id,
        String simulation,
        String url,
        String server,
        List<String> scenarios,
        double startedMs,
        Map<String, String> settings,
        Map<String, String> environment) {
    public RunInfo {
        scenarios = List.copyOf(scenarios);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same run, once it is known what answers, and where. */
    public RunInfo withServer(String address, String answering) {
        return new RunInfo(id, simulation, address, answering, scenarios, startedMs, settings, environment);
    }
}
