package panelperf.transpile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Transpiled scripts, each made once for all processes that share a directory.
 *
 * <p>A file's name is the hash of the script, its transpiler's version and options; its first line is the hash of the rest.
 * Any thread may call any method.
 */
public final class KeptScripts {
    private static final String HEADER = "// panel-performance, sha256 of what follows: ";
    /** Threads of one process that want the same script wait for the one that makes it. */
    private static final int LOCKS = 16;

    private final Path directory;
    private final Transpiler transpiler;
    private final Object[] locks = new Object[LOCKS];

    /**
     * Scripts below a directory, which is made when there is something to keep.
     *
     * @param directory where files are, of this and other transpilers
     */
    public KeptScripts(Path directory, Transpiler transpiler) {
        this.directory = directory;
        this.transpiler = transpiler;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** What a transpiler makes, below a directory that may hold the transpiler too. */
    public static KeptScripts below(Path home, Transpiler transpiler) {
        return new KeptScripts(home.resolve("scripts"), transpiler);
    }

    /** Where programs keep what can be made anew, on this kind of system. */
    public static Path usualDirectory(Map<String, String> environment, String userHome) {
        String named = environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("LOCALAPPDATA", ""));
        return (named.isEmpty() ? Path.of(userHome, ".cache") : Path.of(named)).resolve("panel-performance");
    }

    /**
     * A transpiled script.
     *
     * @param made whether it was made just now, which takes seconds
     */
    public record Script(String code, boolean made) {}

    /**
     * The transpiled script, from the directory or made.
     *
     * @param name what it is called in messages
     * @throws CannotTranspile when it cannot be made, or not be kept
     */
    public Script of(String name, String source) throws CannotTranspile {
        String key = hash(transpiler.identity() + "\0" + source);
        Path file = directory.resolve(key + ".js");
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            try {
                String kept = read(file);
                if (!kept.isEmpty()) {
                    return new Script(kept, false);
                }
                String made = transpiler.transpile(name, source);
                write(file, made);
                return new Script(made, true);
            } catch (IOException e) {
                throw new CannotTranspile("expected to keep scripts in " + directory + ", found " + e
                        + "; name another directory, or mend this one");
            }
        }
    }

    /**
     * The transpiled script, which lies in a page and differs from visit to visit by identities: kept but for its strings with
     * digits.
     *
     * @throws CannotTranspile when it cannot be made, or not be kept
     */
    public Script ofInline(String name, String source) throws CannotTranspile {
        Literals literals = Literals.setAside(source);
        Script made;
        try {
            made = of(name, literals.script());
        } catch (CannotTranspile e) {
            return of(name, source); // a regular expression with a quote in it, perhaps
        }
        Optional<String> whole = literals.putBack(made.code());
        return whole.isPresent() ? new Script(whole.get(), made.made()) : of(name, source);
    }

    /** What is kept; empty where nothing is, or where a file is damaged. */
    private static String read(Path file) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
        int end = text.indexOf('\n');
        String code = text.substring(end + 1);
        return end > 0 && text.substring(0, end).equals(HEADER + hash(code)) ? code : "";
    }

    private void write(Path file, String code) throws IOException {
        Files.createDirectories(directory);
        Path other = Files.createTempFile(directory, "being-written-", ".js");
        try {
            Files.writeString(other, HEADER + hash(code) + "\n" + code);
            try {
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(other);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
