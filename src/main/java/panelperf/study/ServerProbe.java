package panelperf.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalInt;
import panelperf.time.Ticker;
import panelperf.time.Timeline;

/** Asks a server how it is, by requests that make no session. */
final class ServerProbe implements Settling.Probe {
    private final URI page;
    private final boolean ours;
    private final Ticker ticker;
    private final Asking asking;

    /**
     * A probe.
     *
     * @param page the page's address
     * @param ours whether it is our target, which has {@code /sessions}
     */
    ServerProbe(URI page, boolean ours, Ticker ticker, Asking asking) {
        this.page = page;
        this.ours = ours;
        this.ticker = ticker;
        this.asking = asking;
    }

    @Override
    public OptionalInt sessions() {
        if (!ours) {
            return OptionalInt.empty();
        }
        try {
            return get("sessions")
                    .filter(answer -> answer.statusCode() == 200)
                    .map(HttpResponse::body)
                    .map(ServerProbe::length)
                    .orElse(OptionalInt.empty());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt length(String json) {
        try {
            return OptionalInt.of(new ObjectMapper().readTree(json).size());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public double answerMs() {
        long begin = ticker.nanos();
        try {
            boolean answered = get("metadata").isPresent();
            return answered ? Timeline.millisBetween(begin, ticker.nanos()) : Double.POSITIVE_INFINITY;
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Empty when the thread was interrupted. */
    private Optional<HttpResponse<String>> get(String name) throws IOException {
        URI url = PageAddress.below(page, name);
        try {
            return Optional.of(asking.get(url));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
