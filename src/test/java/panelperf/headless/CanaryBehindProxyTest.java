package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import panelperf.RealParts;
import panelperf.canary.Access;
import panelperf.canary.CannotStart;
import panelperf.canary.ColdChromium;
import panelperf.time.Ticker;
import panelperf.time.Timeline;
import panelperf.visit.Outcome;
import panelperf.visit.RequestHeaders;

/** The canary's browser where a header is asked for, of the websocket too, and where the certificate is a private authority's. */
@Tag("real")
@Timeout(180)
final class CanaryBehindProxyTest {
    private static final RequestHeaders TEAM = RequestHeaders.none().with("X-Team", "load");

    @Test
    void it_is_let_in_with_the_runs_headers_and_trust_and_not_without() throws Exception {
        try (RealPanel panel = Release.STUDY.variants();
                Nginx nginx = Nginx.before(panel.url())) {
            SSLContext trusted = Trust.also(nginx.certificate());
            URI page = nginx.https("/apps/bare");

            assertThat(visit(page, TEAM, trusted)).isEqualTo(new Outcome.Loaded());
            assertThat(visit(nginx.http("/apps/bare"), TEAM, trusted)).isEqualTo(new Outcome.Loaded());
            assertThat(visit(page, RequestHeaders.none(), trusted)).isEqualTo(new Outcome.Failed("status_401", ""));
            assertThat(((Outcome.Failed) visit(page, TEAM, null)).cause()).isEqualTo("tls");
            assertThatThrownBy(() -> visit(page, TEAM, SSLContext.getDefault()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("expected a certificate of localhost that -Dca or the JDK trusts, found: ");
        }
    }

    private static Outcome visit(URI page, RequestHeaders headers, @Nullable SSLContext tls) throws Exception {
        Ticker ticker = Ticker.system();
        try (ColdChromium chromium = new ColdChromium(
                RealParts.chromiumAndDriver(), new Access(headers, tls), ticker, Timeline.anchoredNow(ticker))) {
            return chromium.visit(page, Duration.ofSeconds(60)).outcome();
        }
    }
}
