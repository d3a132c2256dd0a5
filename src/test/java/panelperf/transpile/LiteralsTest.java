package panelperf.transpile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs from visit to visit is set aside, and comes back as it was. */
final class LiteralsTest {

    private static String page(String token, int root, int said) {
        return "embed({\"token\": \"" + token + "\", 'root': 'p" + root + "', \"say\": \"it's \\\"" + said
                + "\\\"\"});";
    }

    @Test
    void two_visits_have_the_same_script() {
        Literals first = Literals.setAside(page("ey1.a", 1001, 7));
        Literals second = Literals.setAside(page("ey2/b", 2002, 8));

        assertThat(first.script())
                .isEqualTo(second.script())
                .contains("\"token\"")
                .doesNotContain("1001");
        assertThat(first.putBack(first.script())).contains(page("ey1.a", 1001, 7));
        assertThat(second.putBack(first.script())).contains(page("ey2/b", 2002, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = `'1${\"x2\"}`; b = '3';",
                "// it's 1\nb = '2'; /* don't 3 */ c = \"4\";",
                "a = '\\'5'; b = \"\\\\\"; c = '6';",
                "no strings at all",
            })
    void nothing_is_lost(String script) {
        Literals literals = Literals.setAside(script);

        assertThat(literals.putBack(literals.script())).contains(script);
    }

    @Test
    void a_map_of_the_source_is_left_out() {
        assertThat(Literals.setAside("a(); // 1\n//# sourceMappingURL=data:application/json;base64,eyJ2")
                        .script())
                .isEqualTo("a(); // 1\n");
    }

    @Test
    void what_a_transpiler_drops_or_doubles_is_noticed() {
        Literals literals = Literals.setAside("f('1', '2')");

        assertThat(literals.putBack("f('panelperf0')")).isEmpty();
        assertThat(literals.putBack("f('panelperf0', 'panelperf0', 'panelperf1')"))
                .isEmpty();
        assertThat(literals.putBack("f('panelperf0', 'panelperf1', 'panelperf2')"))
                .isEmpty();
        assertThat(literals.putBack("f('panelperf0', 'panelperf1', 'panelperf99999999999')"))
                .isEmpty();
    }
}
