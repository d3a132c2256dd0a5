package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.headless.PageResources.Kind;

final class PageResourcesTest {
    private static final URI PAGE = URI.create("http://localhost:5006/apps/hello?theme=dark");

    @Test
    void files_are_found_in_their_order_and_resolved_against_the_page() {
        assertThat(PageResources.of(PAGE, """
                        <link rel="stylesheet" href="static/a.css?v=1&amp;w=2">
                        <LINK HREF='/icon.png' REL='icon'>
                        <script type="text/javascript" src="https://cdn.example/b.js"></script>
                        <img alt="" src="c.png"><script>inline()</script>
                        <link rel="preconnect" href="https://fonts.example">
                        <script src="static/a.css?v=1&amp;w=2"></script>
                        """))
                .containsExactly(
                        Map.entry(URI.create("http://localhost:5006/apps/static/a.css?v=1&w=2"), Kind.STYLE),
                        Map.entry(URI.create("http://localhost:5006/icon.png"), Kind.OTHER),
                        Map.entry(URI.create("https://cdn.example/b.js"), Kind.SCRIPT),
                        Map.entry(URI.create("http://localhost:5006/apps/c.png"), Kind.OTHER));
    }

    @Test
    void tags_are_found_whatever_stands_before_them() {
        assertThat(PageResources.of(
                        PAGE, "<<script src='a.js'></script>a < b <p<img src='b.png'<link rel=x <script src='c.js'>"))
                .containsExactly(
                        Map.entry(URI.create("http://localhost:5006/apps/a.js"), Kind.SCRIPT),
                        Map.entry(URI.create("http://localhost:5006/apps/b.png"), Kind.OTHER));
    }

    @Test
    void what_a_browser_would_not_ask_for_is_left_out() {
        assertThat(PageResources.of(PAGE, """
                        <img src="data:image/png;base64,AAAA"><script src="http://[broken/"></script>
                        <link rel="stylesheet"><img src="">
                        """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/static/js/bokeh.min.js, true, true",
        "/static/js/bokeh-widgets.min.js, true, false",
        "/static/extensions/panel/panel.min.js, true, true",
        "/static/extensions/panel/bundled/material/material.js, true, false",
        "/static/panelperf/page.js, true, true",
        "/static/js/my_own.js, false, false",
        "/assets/app.js, false, false"
    })
    void the_page_script_stands_for_bokehs_and_panels_bundles_only(String path, boolean replaced, boolean essential) {
        assertThat(PageResources.replaced(path)).isEqualTo(replaced);
        assertThat(PageResources.essential(path)).isEqualTo(essential);
    }
}
