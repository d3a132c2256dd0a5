package panelperf.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Instant;
import panelperf.bokeh.Json;

/** {@code GET /metadata}: who answers here; makes no session, so it is the cheapest sign of life. */
final class MetadataRoute implements Route.Immediate {
    private final ObjectNode metadata = Json.object().put("url", "/");

    /**
     * Metadata.
     *
     * @param preset what the server's knobs are called
     * @param upSinceEpochMs when the server started, milliseconds since the Unix epoch
     */
    MetadataRoute(String preset, long upSinceEpochMs) {
        metadata.putObject("data")
                .put("name", Version.NAME)
                .put("version", Version.CURRENT)
                .put("preset", preset)
                .put("up_since", Instant.ofEpochMilli(upSinceEpochMs).toString());
    }

    @Override
    public FullHttpResponse answer(Channel channel, FullHttpRequest request) {
        return Responses.json(metadata);
    }
}
