package panelperf.generator;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/** The CPU time of this process since an instant. */
public final class InjectorCpu {
    private static final double NANOS_PER_MS = 1e6;

    private final long startNanos;

    private InjectorCpu(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Counts from now on. */
    public static InjectorCpu start() {
        return new InjectorCpu(processNanos());
    }

    /**
     * CPU time a visit since the start, all threads, ms.
     *
     * @return empty when there was no visit, or the platform tells no CPU time
     */
    public OptionalDouble msPerVisit(int visits) {
        long now = processNanos();
        return visits <= 0 || startNanos < 0 || now < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((now - startNanos) / NANOS_PER_MS / visits);
    }

    /** Negative when the platform does not tell. */
    private static long processNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
