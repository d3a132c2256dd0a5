package panelperf.benchmark;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether so many sockets can be open at all. */
final class OpenFileLimit {
    private static final int OTHERS = 1_000;

    private OpenFileLimit() {}

    /** The server's process inherits what this one may open, so one look is enough. */
    static void check(int sockets) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() < sockets + OTHERS) {
            throw new IllegalStateException("idle sessions: expected to be allowed " + (sockets + OTHERS)
                    + " open files, found " + unix.getMaxFileDescriptorCount() + "; raise it with ulimit -n, or lower"
                    + " -DidleSessions");
        }
    }
}
