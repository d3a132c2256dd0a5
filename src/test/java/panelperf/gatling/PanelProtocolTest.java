package panelperf.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Browser;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.VisitListener;

final class PanelProtocolTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:5555,      /,          http://localhost:5555/",
        "http://localhost:5555/,     /,          http://localhost:5555/",
        "http://localhost:5555/app,  /,          http://localhost:5555/app",
        "http://localhost:5555/app,  /other,     http://localhost:5555/app/other",
        "http://localhost:5555/app/, /other,     http://localhost:5555/app/other",
        "http://localhost:5555/,     other?u=7,  http://localhost:5555/other?u=7",
        "http://localhost:5555/app,  ?u=7,       http://localhost:5555/app?u=7",
    })
    void a_path_goes_below_the_base_and_a_slash_is_the_base_itself(String base, String path, String expected) {
        assertThat(protocol(base).resolve(path)).isEqualTo(URI.create(expected));
    }

    @Test
    void a_protocol_without_a_base_url_or_a_browser_says_what_is_missing() {
        assertThatThrownBy(() -> PanelDsl.panel.protocol())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a base URL and a browser, found no base URL");
        assertThatThrownBy(() -> PanelDsl.panel.baseUrl("http://localhost").protocol())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found no browser");
    }

    private static PanelProtocol protocol(String base) {
        Ticker ticker = () -> 0;
        return new PanelProtocol(
                URI.create(base),
                Duration.ofSeconds(1),
                new NoBrowser(),
                VisitListener.none(),
                Map.of(),
                ticker,
                new Timeline(0, 0));
    }

    private record NoBrowser() implements Browser {
        @Override
        public String engine() {
            return "none";
        }

        @Override
        public void open(PageRequest request, Consumer<PageView> whenDone) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void interrupt() {}

        @Override
        public void close() {}
    }
}
