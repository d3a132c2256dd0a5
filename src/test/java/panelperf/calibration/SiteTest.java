package panelperf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:5006/, /, http://localhost:5006/ws, http://localhost:5006/admin",
        "http://localhost:5006/app, /app, http://localhost:5006/app/ws, http://localhost:5006/admin",
        "http://localhost:5006/app?theme=dark, /app?theme=dark, http://localhost:5006/app/ws,"
                + " http://localhost:5006/admin",
        "http://localhost, /, http://localhost/ws, http://localhost/admin",
    })
    void it_knows_what_stands_beside_a_page(String page, String path, String socket, String admin) {
        Site site = new Site(URI.create(page));

        assertThat(site.path()).isEqualTo(path);
        assertThat(site.below("ws")).hasToString(socket);
        assertThat(site.beside("admin").page()).hasToString(admin);
    }

    @Test
    void a_real_page_names_its_files_on_its_own_host_only() throws IOException {
        String html = Files.readString(Path.of("src/test/resources/captures/page.html"));

        List<String> files = new Site(URI.create("http://localhost:5006/")).files(html);

        assertThat(files)
                .isNotEmpty()
                .allMatch(file -> file.startsWith("/static/"))
                .doesNotHaveDuplicates()
                .anyMatch(file -> file.startsWith("/static/js/bokeh.min.js?v="))
                .anyMatch(file -> file.contains("panel.min.js"))
                .anyMatch(file -> file.endsWith(".css"));
    }

    @Test
    void encryption_is_refused_in_one_sentence() {
        assertThatThrownBy(() -> new Site(URI.create("https://localhost/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page: expected an http URL such as http://localhost:5006/app, found 'https://localhost/';"
                        + " measure behind the proxy that adds encryption");
    }
}
