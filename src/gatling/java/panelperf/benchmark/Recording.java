package panelperf.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What our target says in one page's life, to be said by a handler that computes nothing.
 *
 * @param head the page's headers, a line each
 * @param page the page, with a token that nobody will check
 * @param greeting texts after the handshake
 * @param document texts after the third text of the client
 * @param content texts after the sixth
 */
record Recording(List<String> head, String page, List<String> greeting, List<String> document, List<String> content) {
    private static final int TEXTS_A_MESSAGE = 3;

    /** Lives one page's life at the target. */
    static Recording of(URI target) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> page =
                client.send(HttpRequest.newBuilder(target).build(), HttpResponse.BodyHandlers.ofString());
        List<String> head = new ArrayList<>();
        page.headers().map().forEach((name, values) -> values.forEach(value -> head.add(name + ": " + value)));
        Matcher token = Pattern.compile(PageLife.TOKEN).matcher(page.body());
        if (!token.find()) {
            throw new IOException("expected a page with a token at " + target + ", found none");
        }
        Texts texts = new Texts();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("bokeh", token.group(1))
                .buildAsync(URI.create(target.toString().replaceFirst("^http", "ws") + "ws"), texts)
                .join();
        List<String> greeting = texts.take(1);
        send(socket, "{\"msgid\":\"m1\",\"msgtype\":\"PULL-DOC-REQ\"}", "{}", "{}");
        List<String> document = texts.take(1);
        send(socket, "{\"msgid\":\"m2\",\"msgtype\":\"PATCH-DOC\"}", "{}", PageLife.DOCUMENT_READY);
        List<String> content = texts.take(3);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        return new Recording(head, page.body(), greeting, document, content);
    }

    private static void send(WebSocket socket, String... texts) {
        for (String text : texts) {
            socket.sendText(text, true).join();
        }
    }

    /** Keeps it for another process. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("head"), head);
        Files.writeString(directory.resolve("page"), page);
        Files.write(directory.resolve("greeting"), greeting);
        Files.write(directory.resolve("document"), document);
        Files.write(directory.resolve("content"), content);
    }

    static Recording read(Path directory) throws IOException {
        return new Recording(
                Files.readAllLines(directory.resolve("head")),
                Files.readString(directory.resolve("page")),
                Files.readAllLines(directory.resolve("greeting")),
                Files.readAllLines(directory.resolve("document")),
                Files.readAllLines(directory.resolve("content")));
    }

    /** What came over the websocket. */
    private static final class Texts implements WebSocket.Listener {
        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        List<String> take(int messages) throws IOException, InterruptedException {
            List<String> texts = new ArrayList<>();
            while (texts.size() < messages * TEXTS_A_MESSAGE) {
                String text = whole.poll(10, TimeUnit.SECONDS);
                if (text == null) {
                    throw new IOException("expected " + messages + " messages of the target, found " + texts);
                }
                texts.add(text);
            }
            return texts;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                whole.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
