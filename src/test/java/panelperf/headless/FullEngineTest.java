package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.transpile.KeptScripts;
import panelperf.transpile.Transpiler;

/** Which scripts the full engine has transpiled. */
final class FullEngineTest {
    private static final String INLINE = "script in http://localhost/ from (1, 1) to (2, 2)";

    @TempDir
    private Path directory = Path.of("");

    /** Marks what it was given. */
    private static final class Marking implements Transpiler {
        @Override
        public String identity() {
            return "marking";
        }

        @Override
        public String transpile(String name, String source) {
            return "transpiled:" + source;
        }
    }

    private FullEngine engine() {
        return new FullEngine(new KeptScripts(directory, new Marking()));
    }

    @Test
    void a_file_is_transpiled_whatever_it_holds_and_told_of_once() throws Exception {
        List<String> made = new ArrayList<>();
        String file = "http://localhost/static/js/bokeh.min.js?v=1";

        assertThat(engine().runnable(file, "var a = 1", made::add)).isEqualTo("transpiled:var a = 1");
        assertThat(engine().runnable(file, "var a = 1", made::add)).isEqualTo("transpiled:var a = 1");
        assertThat(made).containsExactly(file);
    }

    /** The starting script need not be, and its page is as quick as it can be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            const render_items = [{token: 'abc'}]                 | false
            const fn = () => Bokeh.safely(f)                      | false
            element.setAttribute('class', a)                      | false
            class Own { }                                         | true
            window.x = class { }                                  | true
            async () => 1                                         | true
            f(...list)                                            | true
            for (const a of b) { c.push(() => a) }                | true
            for (let i = 0; i < 3; i++) { c.push(() => i) }       | true
            """)
    void what_lies_in_a_page_is_transpiled_where_htmlunit_would_take_it_wrongly(String source, boolean transpiled)
            throws Exception {
        assertThat(engine().runnable(INLINE, source, made -> {}))
                .isEqualTo(transpiled ? "transpiled:" + source : source);
        assertThat(engine().runnable("code 7f", source, made -> {}))
                .isEqualTo(transpiled ? "transpiled:" + source : source);
    }

    @Test
    void what_lies_in_a_page_is_transpiled_once_whatever_its_token() throws Exception {
        List<String> made = new ArrayList<>();
        String first = "embed(\"ey1\", async () => 1)";
        String second = "embed(\"ey2\", async () => 1)";

        assertThat(engine().runnable(INLINE, first, made::add)).isEqualTo("transpiled:" + first);
        assertThat(engine().runnable(INLINE, second, made::add)).isEqualTo("transpiled:" + second);
        assertThat(made).containsExactly(INLINE);
    }

    @Test
    void our_own_scripts_run_as_they_are() throws Exception {
        for (var script : engine().scripts(true).entrySet()) {
            assertThat(engine().runnable(script.getKey(), script.getValue(), made -> {}))
                    .isEqualTo(script.getValue());
        }
    }
}
