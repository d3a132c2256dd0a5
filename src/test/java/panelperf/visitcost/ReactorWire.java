package panelperf.visitcost;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** {@code reactor-netty}: a pool of connections for each visit, a new connection for each websocket, native transport. */
final class ReactorWire implements Wire {
    private static final int AT_ONCE = 6;
    private static final int MOST_FRAME_BYTES = 64 << 20;

    private final LoopResources loops = LoopResources.create("reactor-wire", 2, true);

    @Override
    public Visit visit() {
        ConnectionProvider own = ConnectionProvider.create("visit", AT_ONCE);
        HttpClient client = HttpClient.create(own).runOn(loops);
        return new Visit() {
            @Override
            public CompletableFuture<byte[]> fetch(URI url, boolean keep) {
                var answer = client.get().uri(url);
                return keep
                        ? answer.responseContent().aggregate().asByteArray().toFuture()
                        : answer.responseContent()
                                .then()
                                .thenReturn(new byte[0])
                                .toFuture();
            }

            @Override
            public void open(URI url, String origin, String token, Ear ear) {
                Sinks.Many<WebSocketFrame> outgoing = Sinks.many().unicast().onBackpressureBuffer();
                HttpClient.newConnection()
                        .runOn(loops)
                        .headers(headers -> headers.set("Origin", origin))
                        .websocket(WebsocketClientSpec.builder()
                                .protocols("bokeh, " + token)
                                .maxFramePayloadLength(MOST_FRAME_BYTES)
                                .build())
                        .uri(url)
                        .handle((in, out) -> {
                            ear.opened(new Sender(outgoing));
                            return out.sendObject(outgoing.asFlux(), frame -> true)
                                    .then()
                                    .and(in.aggregateFrames()
                                            .receive()
                                            .asString()
                                            .doOnNext(ear::text));
                        })
                        .subscribe(nothing -> {}, ear::failed);
            }

            @Override
            public void close() {
                own.dispose();
            }
        };
    }

    private record Sender(Sinks.Many<WebSocketFrame> outgoing) implements Socket {
        @Override
        public void send(List<String> texts) {
            texts.forEach(text -> outgoing.tryEmitNext(new TextWebSocketFrame(text)));
        }

        @Override
        public void close() {
            outgoing.tryEmitNext(new CloseWebSocketFrame(1000, ""));
            outgoing.tryEmitComplete();
        }
    }

    @Override
    public void close() {
        loops.dispose();
    }
}
