package panelperf.calibration;

import java.time.Duration;
import java.util.Optional;

/** The process that serves, as the system knows it. */
public final class ServerProcess {
    private final ProcessHandle handle;

    private ServerProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /**
     * The process of that id.
     *
     * @throws CannotMeasure when there is none, or the system does not tell its CPU time
     */
    public static ServerProcess of(long pid) throws CannotMeasure {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (handle.isEmpty()) {
            throw new CannotMeasure("--pid: expected the server's process, found none with the id " + pid
                    + "; ask the system, for example with pgrep -f panel");
        }
        if (handle.get().info().totalCpuDuration().isEmpty()) {
            throw new CannotMeasure("--pid: expected the CPU time of process " + pid
                    + ", found that the system does not tell it; run this as the server's user");
        }
        return new ServerProcess(handle.get());
    }

    /** CPU time so far, all threads, ms; in steps of the system's clock, 10 ms on Linux. */
    double cpuMs() {
        return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e6;
    }
}
