package panelperf.transpile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import panelperf.RealParts;

/** The transpiler: the real one, and its absence. */
final class SwcTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void without_node_one_sentence_says_how_to_get_it() {
        assertThatThrownBy(() -> Swc.find(directory, "no-such-node"))
                .isInstanceOf(CannotTranspile.class)
                .hasMessage(
                        "expected Node 18 or newer for the full engine, found no program 'no-such-node' in PATH; install it"
                                + " (Debian: apt-get install nodejs npm), then: npm install --prefix " + directory
                                + " @swc/core@" + Swc.VERSION);
    }

    @Test
    @Tag("real")
    @Timeout(120)
    void what_htmlunit_cannot_parse_is_gone_and_what_is_no_script_is_named() throws Exception {
        Swc swc = RealParts.transpiler();

        assertThat(swc.transpile("a.js", "class A { async b(...c) { return f(...c) } }"))
                .contains("function A()")
                .doesNotContain("class A")
                .doesNotContain("async b")
                .doesNotContain("f(...c)");
        assertThat(swc.identity()).startsWith("swc " + swc.version() + " ");
        assertThatThrownBy(() -> swc.transpile("b.js", "class {"))
                .isInstanceOf(CannotTranspile.class)
                .hasMessageStartingWith("swc " + swc.version() + " cannot read the script b.js: ");
    }
}
