package panelperf.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Locale;
import panelperf.bokeh.Json;

/** {@code GET /refusals}: how often what was refused since the start; counts only, so anybody may know. */
final class RefusalsRoute implements Route.Immediate {
    private final Refusals refusals;

    RefusalsRoute(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public FullHttpResponse answer(Channel channel, FullHttpRequest request) {
        ObjectNode counts = Json.object();
        for (Refusal refusal : Refusal.values()) {
            counts.put(refusal.name().toLowerCase(Locale.ROOT), refusals.of(refusal));
        }
        return Responses.json(counts);
    }
}
