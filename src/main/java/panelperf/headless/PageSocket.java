package panelperf.headless;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.Scriptable;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.VarScope;
import org.htmlunit.corejs.javascript.typedarrays.NativeArrayBuffer;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.background.BackgroundJavaScriptFactory;
import org.htmlunit.javascript.background.JavaScriptJob;
import org.htmlunit.javascript.host.Window;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Outcome;

/**
 * A page's websockets. The page's thread opens and sends; the network's events become jobs of the page's own queue, so
 * that a page never sees two things at once.
 */
final class PageSocket {
    /** Pages take turns after so many events. */
    private static final int TURN = 64;

    private final Network network;
    private final PageTraffic traffic;
    private final ScriptEngine engine;
    private final HtmlPage page;
    private final WebWindow window;
    private final Window global;
    private final VarScope scope;
    private final boolean carriesBuffers;
    private final Consumer<Outcome.Failed> failed;
    private final List<Connection> connections = new ArrayList<>();
    private volatile boolean over;

    PageSocket(
            Network network,
            PageTraffic traffic,
            ScriptEngine engine,
            HtmlPage page,
            WebWindow window,
            VarScope scope,
            boolean carriesBuffers,
            Consumer<Outcome.Failed> failed) {
        this.network = network;
        this.traffic = traffic;
        this.engine = engine;
        this.page = page;
        this.window = window;
        this.global = window.getScriptableObject();
        this.scope = scope;
        this.carriesBuffers = carriesBuffers;
        this.failed = failed;
    }

    /** {@code open(url, protocols, receive)}, from the page. */
    int open(Object[] args) {
        Connection connection = new Connection((Function) args[2]);
        synchronized (connections) {
            connections.add(connection);
        }
        connection.open(URI.create(String.valueOf(args[0])), texts((Scriptable) args[1]));
        return connections.size() - 1;
    }

    private static String[] texts(Scriptable array) {
        int length = ((Number) ScriptableObject.getProperty(array, "length")).intValue();
        String[] texts = new String[length];
        for (int i = 0; i < length; i++) {
            texts[i] = String.valueOf(ScriptableObject.getProperty(array, i));
        }
        return texts;
    }

    /** {@code send(id, data)}, from the page: a buffer, or a text. */
    void send(Object[] args) {
        if (args[1] instanceof NativeArrayBuffer buffer) {
            connection(args[0]).send(ByteBuffer.wrap(buffer.getBuffer().clone()));
        } else {
            connection(args[0]).send(String.valueOf(args[1]));
        }
    }

    /** {@code close(id, code)}, from the page. */
    void close(Object[] args) {
        connection(args[0]).close(((Number) args[1]).intValue());
    }

    private NativeArrayBuffer arrayBuffer(byte[] bytes) {
        NativeArrayBuffer made = new NativeArrayBuffer(bytes.length);
        System.arraycopy(bytes, 0, made.getBuffer(), 0, bytes.length);
        made.setParentScope(scope);
        made.setPrototype(ScriptableObject.getClassPrototype(scope, made.getClassName()));
        return made;
    }

    private Connection connection(Object id) {
        synchronized (connections) {
            return connections.get(((Number) id).intValue());
        }
    }

    /** Says goodbye on every socket that is open. From any thread. */
    void closeAll() {
        over = true;
        List<Connection> all;
        synchronized (connections) {
            all = List.copyOf(connections);
        }
        all.forEach(connection -> connection.close(1000));
    }

    /** One websocket and what it still has to tell the page. */
    private final class Connection implements Network.SocketListener {
        private final Function receive;
        /** In order: jobs that are due at the same time keep none. */
        private final Queue<Object[]> inbox = new ConcurrentLinkedQueue<>();
        /** Events in the inbox, or at the page just now: the first of them asks for a job, which takes what comes meanwhile. */
        private final AtomicInteger untold = new AtomicInteger();

        private Network.@Nullable Socket socket;
        private boolean closed;
        /** Whether events are being told just now: what the page sends meanwhile goes out together, when they have been. */
        private boolean telling;

        private boolean unsent;
        /** The binary message that is coming. */
        private ByteArrayOutputStream buffer = new ByteArrayOutputStream();

        Connection(Function receive) {
            this.receive = receive;
        }

        void open(URI url, String[] protocols) {
            traffic.countRequest();
            String origin = page.getUrl().getProtocol() + "://" + page.getUrl().getAuthority();
            URI secure = URI.create(url.toString().replaceFirst("^http", "ws"));
            Map<String, String> headers = traffic.headers(url);
            headers.put("Origin", origin);
            var unused = network.open(secure, headers, protocols, traffic.left(), this)
                    .whenComplete((opened, failure) -> {
                        if (failure != null) {
                            failed.accept(NetworkFailure.of(failure, "websocket " + withoutQuery(url)));
                        } else if (over) {
                            opened.close(1000); // the visit ended while it was being opened
                        }
                    });
        }

        private String withoutQuery(URI url) {
            return url.toString().replaceFirst("\\?.*$", "");
        }

        synchronized void send(String text) {
            if (socket != null && !closed) {
                socket.send(text);
                sendSoon(socket);
            }
        }

        synchronized void send(ByteBuffer bytes) {
            if (socket != null && !closed) {
                socket.send(bytes);
                sendSoon(socket);
            }
        }

        private void sendSoon(Network.Socket to) {
            if (telling) {
                unsent = true;
            } else {
                to.flush();
            }
        }

        /** What is sent from here on waits; not where BokehJS itself runs, which may draw for a second in the midst of it. */
        private synchronized void gather() {
            telling = !carriesBuffers;
        }

        private synchronized void sendGathered() {
            telling = false;
            if (unsent && socket != null && !closed) {
                socket.flush();
            }
            unsent = false;
        }

        synchronized void close(int code) {
            if (socket != null && !closed) {
                closed = true;
                socket.close(code);
            }
        }

        @Override
        public void opened(Network.Socket opened) {
            synchronized (this) {
                socket = opened;
            }
            tell("open", opened.protocol(), 0);
        }

        @Override
        public void text(String message) {
            traffic.countBytes(message.length());
            tell("text", message, 0);
        }

        @Override
        public void piece(ByteBuffer bytes) {
            if (carriesBuffers) {
                byte[] piece = new byte[bytes.remaining()];
                bytes.get(piece);
                buffer.writeBytes(piece);
            }
        }

        @Override
        public void binary(int bytes) {
            traffic.countBytes(bytes);
            byte[] whole = buffer.toByteArray();
            buffer = new ByteArrayOutputStream();
            tell("text", carriesBuffers ? whole : "", 0);
        }

        @Override
        public void closed(int code, String reason) {
            synchronized (this) {
                closed = true;
            }
            tell("close", reason, code);
        }

        private void tell(String kind, Object value, int code) {
            if (over) {
                return;
            }
            inbox.add(new Object[] {kind, value, code});
            if (untold.getAndIncrement() == 0) {
                deliverSoon();
            }
        }

        private void deliverSoon() {
            JavaScriptJob job = BackgroundJavaScriptFactory.theFactory().createJavaScriptJob(0, null, this::deliver);
            window.getJobManager().addJob(job, page);
        }

        private void deliver() {
            gather();
            try {
                deliverSome();
            } finally {
                sendGathered();
            }
        }

        private void deliverSome() {
            int left = 1;
            for (int done = 0; left > 0 && done < TURN; done++) {
                Object[] event = inbox.poll();
                try {
                    if (event != null && !over) {
                        if (event[1] instanceof byte[] bytes) {
                            event[1] = arrayBuffer(bytes);
                        }
                        engine.callFunction(page, receive, scope, global, event);
                    }
                } finally {
                    left = untold.decrementAndGet();
                }
            }
            if (left > 0) {
                deliverSoon(); // other pages want their turn
            }
        }
    }
}
