package panelperf.target;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections this process may hold: each is an open file, of which the system allows so many. */
final class OpenFiles {
    /** For listeners, selectors, jars, logs, and connections that are refused with a sentence. */
    private static final long OTHERS = 512;

    private OpenFiles() {}

    /** How many files this process may open; {@code Long.MAX_VALUE} where nobody says. */
    static long allowed() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        && unix.getMaxFileDescriptorCount() > 0
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** The wanted number of connections, or as many as there are files for. */
    static int room(int connections, long allowed) {
        return (int) Math.min(connections, Math.max(1, allowed - Math.min(OTHERS, allowed / 2)));
    }
}
