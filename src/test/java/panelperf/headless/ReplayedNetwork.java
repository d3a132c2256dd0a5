package panelperf.headless;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.htmlunit.util.NameValuePair;
import panelperf.time.Ticker;
import panelperf.visitcost.RecordedPage;
import panelperf.visitcost.RecordedPage.Answer;
import panelperf.visitcost.RecordedPage.Frame;
import panelperf.visitcost.Replay;

/** A network without a wire: answers at once, and in the caller's thread, from a recorded page. */
final class ReplayedNetwork implements Network {
    private final RecordedPage recorded;
    private final Replay replay;
    private final Ticker ticker;
    private final boolean sockets;
    private final String html;
    private final Map<Answer, List<NameValuePair>> headers = new HashMap<>();

    /** @param sockets whether websockets open; else they are never answered */
    ReplayedNetwork(RecordedPage recorded, Ticker ticker, boolean sockets) {
        this.recorded = recorded;
        this.replay = new Replay(recorded);
        this.ticker = ticker;
        this.sockets = sockets;
        this.html = new String(recorded.page().body(), StandardCharsets.UTF_8);
        headers.put(recorded.page(), pairs(recorded.page()));
        recorded.files().values().forEach(file -> headers.put(file, pairs(file)));
    }

    private static List<NameValuePair> pairs(Answer answer) {
        return answer.headers().stream()
                .map(line -> line.split(": ", 2))
                .map(header -> new NameValuePair(header[0], header[1]))
                .toList();
    }

    @Override
    public Network forVisit() {
        return this;
    }

    @Override
    public CompletableFuture<Fetched> fetch(
            URI url, Map<String, String> sent, Duration timeout, boolean keepBody, LongPredicate received) {
        Answer file = recorded.files().get(url.getPath());
        Answer answer = file == null ? recorded.page() : file;
        byte[] body = file == null
                ? html.replace(recorded.token(), replay.token()).getBytes(StandardCharsets.UTF_8)
                : file.body();
        if (!received.test(body.length)) {
            return CompletableFuture.failedFuture(new IOException("the visit is over"));
        }
        long now = ticker.nanos();
        return CompletableFuture.completedFuture(new Fetched(
                answer.status(), headers.getOrDefault(answer, List.of()), keepBody ? body : new byte[0], now, now));
    }

    @Override
    public CompletableFuture<Socket> open(
            URI url, Map<String, String> sent, String[] protocols, Duration timeout, SocketListener listener) {
        if (!sockets) {
            return new CompletableFuture<>();
        }
        Conversing socket = new Conversing(listener);
        listener.opened(socket);
        socket.say(recorded.greeting());
        return CompletableFuture.completedFuture(socket);
    }

    @Override
    public void close() {}

    private final class Conversing implements Socket {
        private final SocketListener listener;
        private final Replay.Conversation conversation = replay.conversation();

        Conversing(SocketListener listener) {
            this.listener = listener;
        }

        void say(List<Frame> frames) {
            for (Frame frame : frames) {
                if (frame.binary()) {
                    listener.piece(ByteBuffer.wrap(frame.bytes()));
                    listener.binary(frame.bytes().length);
                } else {
                    listener.text(new String(frame.bytes(), StandardCharsets.UTF_8));
                }
            }
        }

        @Override
        public String protocol() {
            return "bokeh";
        }

        @Override
        public void send(String text) {
            Replay.Answer answer = conversation.hear(text);
            say(answer.ready() ? answer.content() : answer.now());
        }

        @Override
        public void send(ByteBuffer bytes) {}

        @Override
        public void flush() {}

        @Override
        public void close(int code) {}
    }
}
