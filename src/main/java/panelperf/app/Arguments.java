package panelperf.app;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import panelperf.study.PageAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What several commands ask of what they were given, and how they tell of it. */
final class Arguments {
    private Arguments() {}

    /**
     * The address of a page.
     *
     * @throws ParameterException when it is none
     */
    static URI page(CommandSpec command, String url) {
        return PageAddress.parse(url)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "expected " + PageAddress.FORM + ", found '" + url + "'"));
    }

    /**
     * A file that is to be written, and would be lost if it were there.
     *
     * @throws ParameterException when it is there
     */
    static void newFile(CommandSpec command, Path file) {
        if (Files.exists(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--to: expected no file yet, found '" + file + "'; remove it or name another");
        }
    }

    /** A line, at once. */
    static void tell(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
