package panelperf.study;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import panelperf.visit.RequestHeaders;

/** What is asked of the server under test beside visits: with the run's headers and trust, so that a proxy lets it through. */
final class Asking {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final RequestHeaders headers;

    Asking(Options options) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        var tls = options.tls();
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
        this.headers = options.headers();
    }

    /** The answer, of whatever status. */
    HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(RequestHeaders.withoutUser(url)).timeout(PATIENCE);
        headers.withUserOf(url).values().forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
