package panelperf.transpile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made once, kept, shared, and made anew. */
final class KeptScriptsTest {
    private static final String SCRIPT = "class A {}";

    @TempDir
    private Path directory = Path.of("");

    private final AtomicInteger made = new AtomicInteger();

    /** Writes the script in other words, and counts. */
    private final class Counting implements Transpiler {
        private final String identity;

        Counting(String identity) {
            this.identity = identity;
        }

        @Override
        public String identity() {
            return identity;
        }

        @Override
        public String transpile(String name, String source) {
            made.incrementAndGet();
            return "/* of " + identity + " */\n" + source + "\n";
        }
    }

    private KeptScripts kept(String identity) {
        return new KeptScripts(directory.resolve("scripts"), new Counting(identity));
    }

    @Test
    void a_script_is_made_once_for_all_who_share_the_directory() throws Exception {
        KeptScripts.Script first = kept("one").of("a.js", SCRIPT);
        KeptScripts.Script second = kept("one").of("b.js", SCRIPT);

        assertThat(first).isEqualTo(new KeptScripts.Script("/* of one */\n" + SCRIPT + "\n", true));
        assertThat(second).isEqualTo(new KeptScripts.Script(first.code(), false));
        assertThat(made).hasValue(1);
    }

    @Test
    void another_version_of_the_transpiler_and_another_script_are_made_by_themselves() throws Exception {
        kept("one").of("a.js", SCRIPT);

        assertThat(kept("two").of("a.js", SCRIPT).code()).startsWith("/* of two */");
        assertThat(kept("one").of("a.js", SCRIPT + "\n").made()).isTrue();
        assertThat(made).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 110})
    void a_file_that_is_torn_after_some_bytes_is_made_anew(int bytes) throws Exception {
        String whole = kept("one").of("a.js", SCRIPT).code();
        Path file = files().get(0);
        byte[] all = Files.readAllBytes(file);
        assertThat(all.length).isGreaterThan(bytes);
        Files.write(file, java.util.Arrays.copyOf(all, bytes));

        assertThat(kept("one").of("a.js", SCRIPT)).isEqualTo(new KeptScripts.Script(whole, true));
        assertThat(Files.readAllBytes(file)).isEqualTo(all);
    }

    @Test
    void a_file_with_one_other_letter_is_made_anew() throws Exception {
        String whole = kept("one").of("a.js", SCRIPT).code();
        Path file = files().get(0);
        Files.writeString(file, Files.readString(file).replace("class A", "class B"));

        assertThat(kept("one").of("a.js", SCRIPT)).isEqualTo(new KeptScripts.Script(whole, true));
    }

    @Test
    void many_who_want_it_at_once_all_get_the_whole_and_leave_one_file() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<KeptScripts.Script>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                KeptScripts process = kept("one"); // of its own locks, as other processes have
                all.add(threads.submit(() -> process.of("a.js", SCRIPT)));
            }
            for (Future<KeptScripts.Script> one : all) {
                assertThat(one.get().code()).isEqualTo("/* of one */\n" + SCRIPT + "\n");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() throws Exception {
        Files.writeString(directory.resolve("scripts"), "a file in the way");

        assertThatThrownBy(() -> kept("one").of("a.js", SCRIPT))
                .isInstanceOf(CannotTranspile.class)
                .hasMessageStartingWith("expected to keep scripts in " + directory.resolve("scripts") + ", found ")
                .hasMessageEndingWith("; name another directory, or mend this one");
    }

    @Test
    void the_usual_directory_is_that_of_caches() {
        assertThat(KeptScripts.usualDirectory(Map.of(), "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.cache/panel-performance"));
        assertThat(KeptScripts.usualDirectory(Map.of("XDG_CACHE_HOME", "/caches"), "/home/ada"))
                .isEqualTo(Path.of("/caches/panel-performance"));
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("scripts"))) {
            return files.toList();
        }
    }
}
