package panelperf.visitcost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Tokens;
import panelperf.visitcost.RecordedPage.Answer;
import panelperf.visitcost.RecordedPage.Frame;

/** Lives one page's life at a running server, and keeps what it said. */
final class Recorder {
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
    private static final Set<String> KEPT = Set.of("content-type", "cache-control", "etag", "last-modified", "expires");
    /** A page that says nothing for so long has said all. */
    private static final int QUIET_MS = 1500;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();

    static RecordedPage record(URI url) throws IOException, InterruptedException {
        return new Recorder().lived(url);
    }

    private RecordedPage lived(URI url) throws IOException, InterruptedException {
        Answer page = get(url);
        String html = new String(page.body(), StandardCharsets.UTF_8);
        String token = Tokens.embeddedIn(html)
                .orElseThrow(
                        () -> new IOException("expected a page with a session's token at " + url + ", found none"));
        Map<String, Answer> files = new LinkedHashMap<>();
        Matcher named = NAMED.matcher(html);
        while (named.find()) {
            URI file = url.resolve(named.group(1).replace("&amp;", "&"));
            if (url.getAuthority().equals(file.getAuthority())
                    && !file.getPath().equals(url.getPath())) {
                files.put(file.getPath(), get(file));
            }
        }
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("bokeh", token)
                .header("Origin", url.getScheme() + "://" + url.getAuthority())
                .buildAsync(
                        URI.create(url.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/ws"),
                        new Ear())
                .join();
        List<Frame> greeting = untilQuiet();
        send(socket, RecordedPage.PULL_ID, "PULL-DOC-REQ", "{}");
        List<Frame> document = untilQuiet();
        send(
                socket,
                RecordedPage.READY_ID,
                "PATCH-DOC",
                "{\"events\":[{\"kind\":\"MessageSent\",\"msg_type\":\"bokeh_event\",\"msg_data\":{\"type\":\"event\","
                        + "\"name\":\"document_ready\",\"values\":{\"type\":\"map\"}}}]}");
        List<Frame> content = untilQuiet();
        socket.abort();
        return new RecordedPage(page, token, files, greeting, document, content);
    }

    private Answer get(URI url) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
        List<String> headers = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> {
            if (KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> headers.add(name + ": " + value));
            }
        });
        return new Answer(answer.statusCode(), headers, answer.body());
    }

    private static void send(WebSocket socket, String id, String type, String content) {
        socket.sendText("{\"msgid\":\"" + id + "\",\"msgtype\":\"" + type + "\"}", true)
                .join();
        socket.sendText("{}", true).join();
        socket.sendText(content, true).join();
    }

    private List<Frame> untilQuiet() throws InterruptedException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = heard.poll(10, TimeUnit.SECONDS);
                frame != null;
                frame = heard.poll(QUIET_MS, TimeUnit.MILLISECONDS)) {
            frames.add(frame);
        }
        return frames;
    }

    /** Keeps whole frames. */
    private final class Ear implements WebSocket.Listener {
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            return heard(socket, false, data.toString().getBytes(StandardCharsets.UTF_8), last);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return heard(socket, true, bytes, last);
        }

        private @Nullable CompletionStage<?> heard(WebSocket socket, boolean binary, byte[] bytes, boolean last) {
            part.writeBytes(bytes);
            if (last) {
                heard.add(new Frame(binary, part.toByteArray()));
                part.reset();
            }
            socket.request(1);
            return null;
        }
    }
}
