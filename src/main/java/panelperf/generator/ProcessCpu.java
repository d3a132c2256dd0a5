package panelperf.generator;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The CPU time of this process: all its threads, those of the compiler and the garbage collector too. */
public final class ProcessCpu {
    private static final double NANOS_PER_MS = 1e6;

    private ProcessCpu() {}

    /** Since the process began, ms; 0 when the platform does not tell. */
    public static double ms() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime()) / NANOS_PER_MS
                : 0;
    }
}
