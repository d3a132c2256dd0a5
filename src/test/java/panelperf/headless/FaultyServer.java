package panelperf.headless;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.PageScript;

/**
 * Serves a small page as Panel does and speaks its websocket, with one fault. Every connection has a daemon thread.
 *
 * <p>It counts what it was asked for, so that tests can see that everything was given back.
 */
final class FaultyServer implements AutoCloseable {
    private static final String PAGE = "200 OK\r\nSet-Cookie: visit=7; Path=/; HttpOnly; Max-Age=600";

    final AtomicInteger pages = new AtomicInteger();
    /** Request lines and headers of all requests so far. */
    final Queue<String> heads = new ConcurrentLinkedQueue<>();

    final AtomicInteger files = new AtomicInteger();
    final AtomicInteger cleanCloses = new AtomicInteger();
    /** Moves of the slider that were answered. */
    final AtomicInteger stepsAnswered = new AtomicInteger();
    /** Counted down once a page's request has come in. */
    final CountDownLatch pageAsked = new CountDownLatch(1);

    private final Fault fault;
    private final @Nullable Capture capture;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    FaultyServer(Fault fault) throws IOException {
        this(fault, null, plain());
    }

    /** By TLS, or whatever that socket speaks. */
    FaultyServer(Fault fault, ServerSocket listener) {
        this(fault, null, listener);
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /** Without a fault: the page and the messages of a real server, as they were once recorded. */
    FaultyServer(Capture capture) throws IOException {
        this(Fault.NONE, capture, plain());
    }

    private FaultyServer(Fault fault, @Nullable Capture capture, ServerSocket listener) {
        this.fault = fault;
        this.capture = capture;
        this.listener = listener;
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://localhost:" + listener.getLocalPort() + "/");
    }

    /** Connections that are open now. */
    int openConnections() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            socket.setTcpNoDelay(true);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                String path = head.split(" ", 3)[1];
                if (path.matches("/ws(\\?.*)?")) {
                    websocket(socket, in, head);
                    return;
                }
                answer(socket, path);
            }
        } catch (IOException e) {
            return; // the client has gone, or the fault was to cut it off
        } finally {
            open.remove(socket);
        }
    }

    /** Request line and headers; empty at the end of the connection. */
    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int next = in.read();
            boolean handshake = head.isEmpty() && next == 0x16; // TLS, to a server that speaks none
            if (next < 0 || handshake) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void answer(Socket socket, String path) throws IOException {
        boolean page = path.equals("/") || path.startsWith("/again");
        if (page) {
            pages.incrementAndGet();
            pageAsked.countDown();
        } else {
            files.incrementAndGet();
        }
        OutputStream out = socket.getOutputStream();
        if (page) {
            page(socket, out);
        } else if (fault == Fault.SILENT_STYLE && path.contains(".css")) {
            hang();
        } else if (path.contains(".css")) {
            send(out, "200 OK", "text/css", "body{}");
        } else if (fault == Fault.SILENT_SCRIPT && path.contains(".js")) {
            hang();
        } else {
            // A real browser gets our page script in place of BokehJS too; every other bundle is empty.
            String script = path.contains("bokeh.min.js") ? PageScript.source() : "";
            send(out, "200 OK", "application/javascript", "/* " + "x".repeat(2000) + " */" + script);
        }
    }

    private void page(Socket socket, OutputStream out) throws IOException {
        switch (fault) {
            case SILENT_PAGE -> hang();
            case STATUS_500 -> send(out, "500 Internal Server Error", "text/html", "<html><body>oops</body></html>");
            case NO_HTML -> send(out, "200 OK", "application/json", "{\"status\": \"UP\"}");
            case PLAIN_HTML -> send(out, "200 OK", "text/html", "<html><body><h1>It works!</h1></body></html>");
            case HALF_PAGE -> {
                write(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html><body>half");
                socket.close();
            }
            case RESET_PAGE -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>");
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case REDIRECTS ->
                write(out, "HTTP/1.1 302 Found\r\nLocation: /again" + pages.get() + "\r\nContent-Length: 0\r\n\r\n");
            case REDIRECT_AWAY ->
                write(out, "HTTP/1.1 302 Found\r\nLocation: http://away.invalid/\r\nContent-Length: 0\r\n\r\n");
            case ENDLESS_BODY -> endless(out);
            case GZIP, HALF_GZIP -> gzip(out, FaultyPage.html(fault));
            default -> send(out, PAGE, "text/html", capture == null ? FaultyPage.html(fault) : capture.html());
        }
    }

    private void gzip(OutputStream out, String html) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(html.getBytes(StandardCharsets.UTF_8));
        }
        int length = fault == Fault.HALF_GZIP ? packed.size() / 2 : packed.size();
        write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: " + length
                        + "\r\n\r\n");
        out.write(packed.toByteArray(), 0, length);
        out.flush();
    }

    private static void endless(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1073741824\r\n\r\n<html><body>");
        byte[] chunk = "<!-- more -->".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent < 1L << 30; sent += chunk.length) {
            out.write(chunk);
        }
    }

    private void websocket(Socket socket, DataInputStream in, String head) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (fault == Fault.WEBSOCKET_403) {
            send(out, "403 Forbidden", "text/plain", "Cross origin websockets not allowed");
            return;
        }
        ServerSideWebSocket websocket = ServerSideWebSocket.upgrade(in, out, head);
        if (fault == Fault.SILENT_WEBSOCKET) {
            hang();
        }
        boolean clean = capture == null
                ? new FaultyConversation(fault, websocket, stepsAnswered).run()
                : capture.replay(websocket);
        if (clean) {
            cleanCloses.incrementAndGet();
        }
    }

    private static void send(OutputStream out, String status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        write(
                out,
                "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n");
        out.write(bytes);
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void hang() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closing");
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
