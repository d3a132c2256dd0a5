package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import panelperf.time.Ticker;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.RequestHeaders;

/** The ways in which Panel apps are put before their users. */
@Tag("real")
@Timeout(180)
final class DeploymentsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final RequestHeaders TEAM = RequestHeaders.none().with("X-Team", "load");

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void below_a_prefix_with_two_processes(Release release) throws Exception {
        try (RealPanel panel = release.served("--prefix", "team", "--num-procs", "2");
                PageBrowser browser = Visiting.browser()) {
            assertThat(panel.url().getPath()).isEqualTo("/team/served");
            List<CompletableFuture<PageView>> visits = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                visits.add(Visiting.begin(browser, panel.url(), DEADLINE));
            }
            for (CompletableFuture<PageView> visit : visits) {
                assertThat(visit.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Loaded());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void behind_a_login_form_with_the_cookie_that_it_sets(Release release) throws Exception {
        try (RealPanel panel = release.served("--basic-auth", "secret", "--cookie-secret", "of the test");
                PageBrowser browser = Visiting.browser()) {
            Outcome without = open(browser, panel.url(), RequestHeaders.none()).outcome();
            assertThat(without).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) without).cause()).isEqualTo(Cause.UNSUPPORTED);
            assertThat(((Outcome.Failed) without).detail()).startsWith("a login form");

            RequestHeaders signedIn =
                    RequestHeaders.none().with("Cookie", signIn(panel.url().resolve("/login")));
            assertThat(open(browser, panel.url(), signedIn).outcome()).isEqualTo(new Outcome.Loaded());
        }
    }

    @Test
    void behind_nginx_with_compression_a_prefix_a_cookie_and_a_header() throws Exception {
        LightSettings unpaced = LightSettings.standard().withPacing(Pacing.off());
        try (RealPanel panel = Release.STUDY.variants();
                Nginx nginx = Nginx.before(panel.url());
                PageBrowser browser =
                        PageBrowser.light(unpaced.withTls(Trust.also(nginx.certificate())), Ticker.system())) {
            PageView direct = open(browser, panel.url().resolve("bare"), TEAM);
            PageView through = open(browser, nginx.http("/apps/bare"), TEAM);

            assertThat(through.outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(through.receivedBytes())
                    .as("compressed, beside " + direct.receivedBytes())
                    .isLessThan(direct.receivedBytes() / 2);
            assertThat(through.requests()).isEqualTo(direct.requests());
            assertThat(open(browser, nginx.https("/apps/bare"), TEAM).outcome()).isEqualTo(new Outcome.Loaded());
            assertThat(open(browser, nginx.http("/apps/bare"), RequestHeaders.none())
                            .status())
                    .isEqualTo(401);
            assertThat(open(browser, nginx.http("/private/bare"), RequestHeaders.none())
                            .status())
                    .isEqualTo(401);
            URI ada = URI.create(nginx.http("/private/bare").toString().replace("//", "//ada:secret@"));
            assertThat(open(browser, ada, RequestHeaders.none()).outcome()).isEqualTo(new Outcome.Loaded());
        }
    }

    private static PageView open(PageBrowser browser, URI url, RequestHeaders headers) throws Exception {
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        browser.open(new PageRequest(url, "test", Ticker.system().nanos(), DEADLINE, headers), seen::complete);
        return seen.get(60, TimeUnit.SECONDS);
    }

    /** What a browser would then send as its cookies. */
    static String signIn(URI login) throws Exception {
        String form = "username=ada&password=" + URLEncoder.encode("secret", StandardCharsets.UTF_8);
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(login)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .filter(cookie -> !cookie.endsWith("=\"\""))
                .collect(Collectors.joining("; "));
    }
}
