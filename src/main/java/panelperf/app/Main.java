package panelperf.app;

import java.util.List;
import java.util.Optional;
import panelperf.target.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command line: {@code serve} when no subcommand is given. */
@Command(
        name = "panel-performance",
        description = "Load tests for Panel and Bokeh apps, and a page server to try them on.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class,
        subcommands = {Serve.class, CheckPage.class, ShowSymptoms.class, CalibratePreset.class, CalibratePacing.class},
        footer = "%nWithout a subcommand it serves; every option is a system property too: -Dport=5600.")
public final class Main implements Runnable {
    private static final int FAILED = 1;

    /** Ends the process unless all went well: see the door plate. */
    public static void main(String[] args) {
        int exitCode = run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @return the exit code: 0, or 1 after one sentence on standard error
     */
    static int run(String... args) {
        Preset preset;
        try {
            preset = Preset.askedFor(List.of(args), System.getProperty("preset"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
        CommandLine line = commandLine(preset);
        return line.execute(withDefault(line, args));
    }

    static CommandLine commandLine(Preset preset) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new PropertyDefaults(preset))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
    }

    /** Options of {@code serve} may stand without its name. */
    private static String[] withDefault(CommandLine line, String[] args) {
        boolean named = args.length > 0
                && (line.getSubcommands().containsKey(args[0])
                        || line.getCommandSpec().optionsMap().containsKey(args[0]));
        if (named) {
            return args;
        }
        String[] all = new String[args.length + 1];
        all[0] = Serve.NAME;
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }

    private static int misused(ParameterException e, String[] args) {
        // Picocli's own messages end without an action.
        String problem = Optional.ofNullable(e.getMessage()).orElse("the arguments cannot be read");
        e.getCommandLine().getErr().println(problem + "; --help lists what there is");
        return FAILED;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult result) {
        line.getErr().println(Optional.ofNullable(e.getMessage()).orElseGet(e::toString));
        return FAILED;
    }

    @Override
    public void run() {
        throw new IllegalStateException("a subcommand always runs: see withDefault");
    }

    /** For {@code --version}. */
    static final class ProductVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.NAME + " " + Version.CURRENT};
        }
    }
}
