package panelperf.calibration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param cpu the processor's model, or its kind where the system names no model
 * @param cores how many this process may use
 * @param system the operating system
 * @param load how many processes wanted a core, over the last minute; negative where the system does not tell
 */
public record Machine(String cpu, int cores, String system, double load) {
    /** Above this somebody else's work is in the figures. */
    public static final double QUIET = 1;

    /**
     * This machine.
     *
     * @param cpuInfo the system's file about its processors; need not exist
     */
    public static Machine here(Path cpuInfo) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                model(cpuInfo, system.getArch()),
                system.getAvailableProcessors(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getSystemLoadAverage());
    }

    private static String model(Path cpuInfo, String otherwise) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** Whether others work on it. */
    public boolean isBusy() {
        return load > QUIET;
    }
}
