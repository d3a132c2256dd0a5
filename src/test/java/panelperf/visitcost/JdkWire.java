package panelperf.visitcost;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code java.net.http}: one client for all visits, whose connections they share, because each client has a thread. */
final class JdkWire implements Wire {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public Visit visit() {
        return new Visit() {
            @Override
            public CompletableFuture<byte[]> fetch(URI url, boolean keep) {
                HttpRequest request = HttpRequest.newBuilder(url).build();
                return keep
                        ? client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                                .thenApply(HttpResponse::body)
                        : client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                                .thenApply(answer -> new byte[0]);
            }

            @Override
            public void open(URI url, String origin, String token, Ear ear) {
                var unused = client.newWebSocketBuilder()
                        .subprotocols("bokeh", token)
                        .header("Origin", origin)
                        .buildAsync(url, new Listener(ear))
                        .whenComplete((socket, problem) -> {
                            if (problem != null) {
                                ear.failed(problem);
                            }
                        });
            }

            @Override
            public void close() {
                // The connections are everybody's.
            }
        };
    }

    private static final class Listener implements WebSocket.Listener {
        private final Ear ear;
        private final StringBuilder parts = new StringBuilder();

        Listener(Ear ear) {
            this.ear = ear;
        }

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
            ear.opened(new Socket() {
                private CompletableFuture<?> last = CompletableFuture.completedFuture(socket);

                @Override
                public void send(List<String> texts) {
                    for (String text : texts) {
                        last = last.thenCompose(sent -> socket.sendText(text, true));
                    }
                }

                @Override
                public void close() {
                    last = last.thenCompose(sent -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
                }
            });
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            socket.request(1);
            if (last && parts.length() == 0) {
                ear.text(data.toString());
            } else {
                parts.append(data);
                if (last) {
                    ear.text(parts.toString());
                    parts.setLength(0);
                }
            }
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable problem) {
            ear.failed(problem);
        }
    }

    @Override
    public void close() {
        // Ends with the JVM.
    }
}
