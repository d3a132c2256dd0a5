package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import panelperf.session.Knobs;

/** The published files of BokehJS: which are taken, and how they are served. */
final class BokehJsFilesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws IOException {
        write("bokeh.min.js", "function _(n,i,o,c,e){c(),o.version=\"3.3.4\"},");
        write("bokeh-widgets.min.js", "(function(root, factory) {\n  factory(root[\"Bokeh\"], \"3.3.4\");\n})");
        write("bokeh-tables.min.js", "(function(root, factory) {\n  factory(root[\"Bokeh\"], \"3.3.4\");\n})");
        write("secret.txt", "not for clients");
    }

    @Test
    void a_page_carries_the_three_files_in_their_order_and_nothing_of_ours() throws Exception {
        try (VirtualServer server = server()) {
            String page = server.connect().get("/").body();

            assertThat(page.indexOf("static/js/bokeh.min.js?v=")).isPositive();
            assertThat(page.indexOf("static/js/bokeh-widgets.min.js?v="))
                    .isGreaterThan(page.indexOf("static/js/bokeh.min.js?v="));
            assertThat(page.indexOf("static/js/bokeh-tables.min.js?v="))
                    .isGreaterThan(page.indexOf("static/js/bokeh-widgets.min.js?v="));
            assertThat(page).doesNotContain("page.js");
        }
    }

    @Test
    void a_file_by_its_hash_may_be_kept_for_ever() throws Exception {
        try (VirtualServer server = server()) {
            VirtualConnection.Response answer = server.connect().get("/static/js/bokeh.min.js?v=0123456789abcdef");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("version=\"3.3.4\"");
            assertThat(answer.headers().get("cache-control")).contains("immutable");
            assertThat(answer.headers().get("content-type")).startsWith("application/javascript");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/js/secret.txt",
                "/static/js/../js/secret.txt",
                "/static/js/..%2f..%2fetc/passwd",
                "/static/js/../../../../etc/passwd",
                "/static/js/",
                "/static/js/bokeh.js"
            })
    void no_other_file_is_served(String path) throws Exception {
        try (VirtualServer server = server()) {
            assertThat(server.connect().get(path).status()).isEqualTo(404);
        }
    }

    @Test
    void what_is_served_is_what_was_read_at_the_start() throws Exception {
        try (VirtualServer server = server()) {
            write("bokeh.min.js", "changed");

            assertThat(server.connect().get("/static/js/bokeh.min.js").body()).doesNotContain("changed");
        }
    }

    @Test
    void a_missing_file_is_one_sentence_that_says_where_to_find_it() throws IOException {
        Files.delete(directory.resolve("bokeh-tables.min.js"));

        assertThatThrownBy(() -> PageScripts.bokehJs(directory))
                .hasMessage(
                        directory.resolve("bokeh-tables.min.js")
                                + ": expected a file of BokehJS 3.3, found none; name the directory that holds bokeh.min.js,"
                                + " bokeh-widgets.min.js, bokeh-tables.min.js (in Bokeh's Python package: bokeh/server/static/js)");
    }

    @Test
    void another_version_is_refused() throws IOException {
        write("bokeh.min.js", "o.version=\"3.4.1\"");

        assertThatThrownBy(() -> PageScripts.bokehJs(directory))
                .hasMessage(directory.resolve("bokeh.min.js")
                        + ": expected version 3.3.x of BokehJS, found 3.4.1; take the files of Bokeh 3.3.4");
    }

    @Test
    void files_of_two_releases_are_refused() throws IOException {
        write("bokeh-tables.min.js", "factory(root[\"Bokeh\"], \"3.3.1\");");

        assertThatThrownBy(() -> PageScripts.bokehJs(directory))
                .hasMessage(
                        directory.resolve("bokeh-tables.min.js")
                                + ": expected version 3.3.4, as bokeh.min.js has, found 3.3.1; take all files from one release");
    }

    @Test
    void a_file_that_is_something_else_is_refused() throws IOException {
        write("bokeh.min.js", "alert('no')");

        assertThatThrownBy(() -> PageScripts.bokehJs(directory)).hasMessageContaining("found no version in it");
    }

    private VirtualServer server() throws BokehJsFiles.Unusable {
        return new VirtualServer(new HelloApp(), PageScripts.bokehJs(directory), Knobs.standard());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
