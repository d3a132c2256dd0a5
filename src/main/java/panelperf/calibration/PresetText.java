package panelperf.calibration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A calibration as a file that {@code serve --preset} takes: properties, each under how it was taken. */
public final class PresetText {
    private static final int WIDTH = 118;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PresetText() {}

    /**
     * The text.
     *
     * @param name what a person calls the server
     * @param at when it was measured
     */
    public static String of(String name, Measured measured, Machine machine, Course course, Instant at) {
        List<String> lines = new ArrayList<>();
        comment(lines, "How " + name + " treats its sessions: made by calibrate-preset, for serve --preset.");
        comment(lines, "Server: " + name + " (" + measured.server() + ").");
        comment(
                lines,
                String.format(
                        Locale.ROOT,
                        "Machine: %s, %d cores, %s; load %.1f when it began. %s.",
                        machine.cpu(),
                        machine.cores(),
                        machine.system(),
                        machine.load(),
                        MINUTE.format(at)));
        comment(
                lines,
                "n: " + course.visits() + " visits one after another, " + measured.sessions()
                        + " sessions in all. Wall times on a quiet server, every frame acknowledged at once.");
        for (Finding finding : measured.findings()) {
            lines.add("");
            comment(lines, finding.how());
            lines.add(finding.option() + " = " + finding.value());
        }
        return String.join("\n", lines) + "\n";
    }

    private static void comment(List<String> lines, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(1);
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}
