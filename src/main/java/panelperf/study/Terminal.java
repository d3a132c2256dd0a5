package panelperf.study;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import panelperf.report.Palette;

/**
 * The terminal that a person watches. Maven gives its forked run a pipe, so this process has none of its own; when Maven's
 * own standard output is a terminal, what is drawn there line by line goes to that one directly. Found by Linux's
 * {@code /proc}: {@code System.console()} says nothing of Maven's, and since JDK 22 nothing of its own either.
 */
final class Terminal {
    private Terminal() {}

    /**
     * Finds the terminal.
     *
     * @param self this process; its parent may be Maven
     * @return empty when the output goes to a file, a pipe, or nowhere that can be known
     */
    static Optional<PrintStream> of(ProcessHandle self) {
        Optional<PrintStream> own = open(Path.of("/proc/self/fd/1"));
        return own.isPresent()
                ? own
                : self.parent()
                        .filter(ParentWatch::isMaven)
                        .flatMap(maven -> open(Path.of("/proc", maven.pid() + "/fd/1")));
    }

    private static Optional<PrintStream> open(Path descriptor) {
        try {
            Path device = Files.readSymbolicLink(descriptor);
            if (!device.startsWith("/dev/pts")) {
                return Optional.empty();
            }
            OutputStream out = Files.newOutputStream(device, StandardOpenOption.WRITE);
            return Optional.of(new PrintStream(out, true, StandardCharsets.UTF_8));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // no Linux, or not allowed: then nothing is drawn
        }
    }

    /** Colours on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    static Palette palette(Optional<PrintStream> terminal) {
        String noColor = System.getenv("NO_COLOR");
        return terminal.isPresent() && (noColor == null || noColor.isEmpty()) ? Palette.ANSI : Palette.PLAIN;
    }
}
