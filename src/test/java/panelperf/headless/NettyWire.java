package panelperf.headless;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import panelperf.time.Ticker;
import panelperf.visitcost.Wire;

/** The network of our pages, for the comparison with others. */
public final class NettyWire implements Wire {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Network network = new NettyNetwork(Ticker.system(), null);

    @Override
    public Visit visit() {
        Network own = network.forVisit();
        return new Visit() {
            @Override
            public CompletableFuture<byte[]> fetch(URI url, boolean keep) {
                return own.fetch(url, Map.of(), PATIENCE, keep, count -> true).thenApply(Fetched::body);
            }

            @Override
            public void open(URI url, String origin, String token, Ear ear) {
                String[] protocols = {"bokeh", token};
                var unused = own.open(url, Map.of("Origin", origin), protocols, PATIENCE, new Listener(ear))
                        .whenComplete((socket, problem) -> {
                            if (problem != null) {
                                ear.failed(problem);
                            }
                        });
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }

    private record Listener(Ear ear) implements Network.SocketListener {
        @Override
        public void opened(Network.Socket socket) {
            ear.opened(new Socket() {
                @Override
                public void send(List<String> texts) {
                    texts.forEach(socket::send);
                    socket.flush();
                }

                @Override
                public void close() {
                    socket.close(1000);
                }
            });
        }

        @Override
        public void text(String message) {
            ear.text(message);
        }

        @Override
        public void binary(int bytes) {}

        @Override
        public void closed(int code, String reason) {}
    }

    @Override
    public void close() {
        network.close();
    }
}
