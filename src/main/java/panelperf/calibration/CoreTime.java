package panelperf.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a machine's cores have done since it started, all together (Linux, proc(5), the first line of {@code /proc/stat}).
 *
 * @param cores how many there are
 * @param busyTicks in which a core worked for anybody
 * @param idleTicks in which a core had nothing to do, or waited for a disk
 */
public record CoreTime(int cores, long busyTicks, long idleTicks) {
    /** user, nice, system, idle, iowait, irq, softirq, steal; guests are in user already. */
    private static final int FIELDS = 8;

    private static final Pattern CORE = Pattern.compile("cpu\\d+ .*");
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    /**
     * Reads it.
     *
     * @param stat the system's file; need not exist
     * @return empty where the system has none
     */
    public static Optional<CoreTime> read(Path stat) {
        try {
            List<String> lines = Files.readAllLines(stat);
            int cores = (int) lines.stream().filter(CORE.asMatchPredicate()).count();
            return lines.stream()
                    .filter(line -> line.startsWith("cpu "))
                    .findFirst()
                    .map(line -> Arrays.stream(line.substring(4).trim().split(" +", -1))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .filter(ticks -> ticks.length >= FIELDS)
                    .map(ticks -> of(cores, ticks));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static CoreTime of(int cores, long[] ticks) {
        long idle = ticks[IDLE] + ticks[IO_WAIT];
        return new CoreTime(cores, Arrays.stream(ticks, 0, FIELDS).sum() - idle, idle);
    }

    /**
     * How many cores were at work on average since an earlier look.
     */
    public double coresSince(CoreTime earlier) {
        long busy = busyTicks - earlier.busyTicks;
        long all = busy + idleTicks - earlier.idleTicks;
        return all <= 0 ? 0 : (double) cores * busy / all;
    }
}
