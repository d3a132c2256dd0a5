package panelperf.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.Optional;
import panelperf.bokeh.Json;

/**
 * What a token carries of the page's request (bokeh/server/session.py): headers and arguments, but no cookies, which are
 * nobody's business here.
 */
final class RequestFacts {
    /** More does not go into the token, which is a header itself when the websocket opens. */
    private static final int LONGEST = 4_096;

    private RequestFacts() {}

    /** The facts; empty when there are too many, or the query cannot be read. */
    static Optional<ObjectNode> of(FullHttpRequest request) {
        ObjectNode facts = Json.object();
        ObjectNode headers = facts.putObject("headers");
        for (Map.Entry<String, String> header : request.headers()) {
            if (!header.getKey().equalsIgnoreCase("Cookie")) {
                headers.put(header.getKey(), header.getValue());
            }
        }
        facts.putObject("cookies");
        ObjectNode arguments = facts.putObject("arguments");
        try {
            new QueryStringDecoder(request.uri()).parameters().forEach((name, values) -> {
                ArrayNode all = arguments.putArray(name);
                values.forEach(all::add);
            });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Json.text(facts).length() <= LONGEST ? Optional.of(facts) : Optional.empty();
    }
}
