package panelperf.run;

import java.util.OptionalDouble;

/**
 * How the injector was during about one second.
 *
 * @param endMs when that second ended, milliseconds since the Unix epoch
 * @param periodMs how long it was
 * @param stalledMs how much of it a thread that was due could not run; 0 to {@code periodMs}
 * @param gcMs time of garbage collections that ended in it
 * @param cpuMs CPU time of the injector, all threads
 * @param targetCpuMs CPU time of our target; empty when the server is somebody else's
 * @param ended visits that ended in it
 * @param startLateMs the latest start among them: from its intended start to when the browser took it up
 * @param jobLateMs the largest delay among them of a page's jobs behind those of other pages
 */
public record HealthSample(
        double endMs,
        double periodMs,
        double stalledMs,
        double gcMs,
        double cpuMs,
        OptionalDouble targetCpuMs,
        int ended,
        double startLateMs,
        double jobLateMs) {
    public HealthSample {
        if (!(periodMs > 0) || !(stalledMs >= 0) || !(stalledMs <= periodMs)) {
            throw new IllegalArgumentException("health sample: expected 0 <= stalledMs <= periodMs and a period of more"
                    + " than 0, found stalledMs=" + stalledMs + ", periodMs=" + periodMs);
        }
    }
}
