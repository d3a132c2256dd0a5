package panelperf.transpile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The transpiler swc, as an npm package of the machine's, in a process of Node's for each script. */
public final class Swc implements Transpiler {
    /** The release that this was tried with; another is used where it is found. */
    public static final String VERSION = "1.16.22";

    private static final String PROGRAM = resource("transpile.js");
    /** Node starts in 0.1 s, and the largest bundle takes 2; a busy machine needs more. */
    private static final long PATIENCE_SECONDS = 120;

    private final String node;
    private final Path home;
    private final String version;

    private Swc(String node, Path home, String version) {
        this.node = node;
        this.home = home;
        this.version = version;
    }

    /**
     * Looks for Node, and for the package {@code @swc/core} below a directory, where the process works, in {@code NODE_PATH}, and
     * where npm installs for everybody.
     *
     * @param home the directory that is looked in first; need not exist
     * @throws CannotTranspile when one of them is missing; the message says how to get it
     */
    public static Swc find(Path home) throws CannotTranspile {
        return find(home, "node");
    }

    static Swc find(Path home, String node) throws CannotTranspile {
        try {
            String found = run(node, List.of("version", home.toString()), "").strip();
            return new Swc(node, home, found);
        } catch (IOException e) {
            throw new CannotTranspile("expected Node 18 or newer for the full engine, found no program '" + node
                    + "' in PATH; install it" + " (Debian: apt-get install nodejs npm), then: " + install(home));
        } catch (Broken e) {
            throw new CannotTranspile(
                    "expected the npm package @swc/core for the full engine, to transpile BokehJS, found none"
                            + " below " + home + " or where Node looks; get it with: " + install(home));
        }
    }

    private static String install(Path home) {
        return "npm install --prefix " + home + " @swc/core@" + VERSION;
    }

    @Override
    public String identity() {
        return "swc " + version + " " + PROGRAM;
    }

    /** Its version, for reports. */
    public String version() {
        return version;
    }

    @Override
    public String transpile(String name, String source) throws CannotTranspile {
        try {
            return run(node, List.of("transpile", home.toString()), source);
        } catch (IOException e) {
            throw new CannotTranspile("expected Node to run, found " + e.getMessage() + "; start again");
        } catch (Broken e) {
            throw new CannotTranspile("swc " + version + " cannot read the script " + name + ": " + e.getMessage());
        }
    }

    /** Node ended with a message. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private static String run(String node, List<String> arguments, String input) throws IOException, Broken {
        Path in = Files.createTempFile("panel-performance-", ".js");
        Path out = Files.createTempFile("panel-performance-", ".transpiled.js");
        Path said = Files.createTempFile("panel-performance-", ".txt");
        try {
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(node, "-e", PROGRAM, "--");
            builder.command().addAll(arguments);
            Process process = builder.redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(said.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Broken("nothing within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new Broken(
                        Files.readString(said).strip().lines().findFirst().orElse("exit code " + process.exitValue()));
            }
            return Files.readString(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted");
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(said);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Swc.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + name + " beside " + Swc.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
