package panelperf.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code GET /}: makes a session and answers its page. */
final class PageRoute implements Route {
    private final PageServerParts parts;
    /** The elements that name what the page loads. */
    private final String files;

    PageRoute(PageServerParts parts, PageWeight weight) {
        this.parts = parts;
        this.files = weight.elements() + parts.site().scripts().html();
    }

    @Override
    public Future<FullHttpResponse> answer(Channel channel, FullHttpRequest request) {
        Promise<FullHttpResponse> answer = channel.eventLoop().newPromise();
        Optional<ObjectNode> facts = RequestFacts.of(request);
        parts.sessions()
                .open(parts.ids().next(), true, channel.eventLoop())
                .addListener((Future<ServedSession> opened) -> {
                    if (opened.isSuccess()) {
                        answer.setSuccess(page(opened.getNow(), facts));
                    } else if (opened.cause() instanceof RefusedException refused) {
                        parts.refusals().count(refused.refusal());
                        answer.setSuccess(full());
                    } else {
                        answer.setFailure(opened.cause());
                    }
                });
        return answer;
    }

    /** The answer where there are as many sessions as may be. */
    static FullHttpResponse full() {
        return Responses.busy("as many sessions live as may; try again in half a minute, or raise --max-sessions");
    }

    private FullHttpResponse page(ServedSession session, Optional<ObjectNode> facts) {
        long expiry = parts.epochSeconds() + parts.knobs().limits().tokenLife().toSeconds();
        String token = parts.tokens().issue(session.key().id(), expiry, facts);
        byte[] html = session.page().html(token, files).getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = Responses.of(HttpResponseStatus.OK, "text/html", html);
        response.headers().set(HttpHeaderNames.ETAG, "\"" + Hashes.sha1(html) + "\"");
        return response;
    }
}
