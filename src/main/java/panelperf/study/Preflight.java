package panelperf.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import panelperf.time.Ticker;
import panelperf.visit.Browser;
import panelperf.visit.Cause;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;
import panelperf.visit.Redaction;
import panelperf.visit.RequestHeaders;

/**
 * Finds out, before any load, what answers and whether one page of it loads. {@code GET <page>/metadata} makes no
 * session (bokeh/server/views/metadata_handler.py), so asking costs a Panel server nothing.
 */
final class Preflight {
    /** One page must load, however slowly: how fast it should be is the thresholds' business. */
    private static final Duration FIRST_VISIT = Duration.ofSeconds(60);

    private final URI url;
    private final Asking asking;
    private final RequestHeaders headers;

    /**
     * Who answers.
     *
     * @param ours whether it is our target, which tells its sessions
     * @param description its kind, and what it says of itself; for the console
     */
    record Answering(boolean ours, String description) {}

    Preflight(URI url, Asking asking, RequestHeaders headers) {
        this.url = url;
        this.asking = asking;
        this.headers = headers;
    }

    /**
     * Asks who is there.
     *
     * @throws StudyStopped when nobody or somebody else answers
     */
    Answering identify() {
        HttpResponse<String> response = ask(metadataUrl());
        if (response.statusCode() / 100 != 2) {
            throw notPanel("status " + response.statusCode());
        }
        try {
            JsonNode metadata = new ObjectMapper().readTree(response.body());
            if (metadata == null || !metadata.has("url") || !metadata.has("data")) {
                throw notPanel("an answer without url and data");
            }
            return describe(metadata.get("data"), response);
        } catch (JsonProcessingException e) {
            throw notPanel("an answer that is no JSON");
        }
    }

    /** The page's address without secrets. */
    private String shown() {
        return Redaction.of(url);
    }

    private URI metadataUrl() {
        return PageAddress.below(url, "metadata");
    }

    private static Answering describe(JsonNode data, HttpResponse<String> response) {
        if ("panel-performance".equals(data.path("name").asText())) {
            return new Answering(
                    true,
                    "our target " + data.path("version").asText("?") + ", preset "
                            + data.path("preset").asText("?") + ", up since "
                            + data.path("up_since").asText("?"));
        }
        return new Answering(
                false,
                "a Bokeh or Panel server ("
                        + response.headers().firstValue("Server").orElse("which does not name itself") + ")");
    }

    private HttpResponse<String> ask(URI metadata) {
        try {
            return asking.get(metadata);
        } catch (IOException e) {
            throw new StudyStopped("no answer from " + shown() + ": " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudyStopped("interrupted while asking " + Redaction.of(metadata));
        }
    }

    private String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "its host name has no address; check the name in -DbaseUrl";
            }
            if (cause instanceof SSLException) {
                return "the TLS handshake failed (" + cause.getMessage()
                        + "); check http or https, and name a private authority's certificate with -Dca";
            }
        }
        if (e instanceof HttpTimeoutException) {
            String scheme = "https".equals(url.getScheme()) ? ", or does it speak http?" : "?";
            return "nothing came within " + Asking.PATIENCE.toSeconds() + " s; is the server overloaded or stuck"
                    + scheme;
        }
        if (e instanceof ConnectException) {
            return "connection refused; start the server, or name another with -DbaseUrl";
        }
        return "the connection broke (" + e.getMessage() + "); is it an HTTP server?";
    }

    private StudyStopped notPanel(String found) {
        return new StudyStopped("no Panel or Bokeh server answers at " + shown() + ": expected its JSON from "
                + Redaction.of(metadataUrl()) + ", found " + found + "; name the app's address with -DbaseUrl");
    }

    /**
     * Opens the page once, after what the browser must do once for it.
     *
     * @return what was seen of it
     * @throws StudyStopped when it does not load
     */
    PageView visit(Browser browser, Ticker ticker) {
        try {
            browser.prepare(url, headers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudyStopped("interrupted while " + shown() + " was prepared");
        }
        CompletableFuture<PageView> seen = new CompletableFuture<>();
        browser.open(new PageRequest(url, "preflight", ticker.nanos(), FIRST_VISIT, headers), seen::complete);
        PageView view;
        try {
            view = seen.get(FIRST_VISIT.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudyStopped("interrupted during the first visit to " + shown());
        } catch (ExecutionException | TimeoutException e) {
            throw new StudyStopped(
                    "the first visit to " + shown() + " never ended, against the browser's contract: " + e);
        }
        if (view.outcome() instanceof Outcome.Loaded) {
            return view;
        }
        throw new StudyStopped(
                "the page at " + shown() + " does not load for a single user: " + explain(view.outcome()));
    }

    private String explain(Outcome outcome) {
        if (outcome instanceof Outcome.TimedOut timedOut) {
            return "after " + FIRST_VISIT.toSeconds() + " s it was still waiting for " + timedOut.waitingFor()
                    + "; mend the app, or look at it in a browser";
        }
        if (outcome instanceof Outcome.Failed failed) {
            String what = failed.cause() + (failed.detail().isEmpty() ? "" : " (" + failed.detail() + ")");
            return failed.cause().equals(Cause.WS_REFUSED)
                    ? what
                            + "; the server takes websockets from its own origin only, and localhost and 127.0.0.1 are two"
                            + " to Bokeh: use the name it was started with, or allow " + url.getHost()
                            + (url.getPort() < 0 ? "" : ":" + url.getPort())
                            + " by --allow-websocket-origin"
                    : what + "; look at it in a browser";
        }
        return outcome.word();
    }
}
