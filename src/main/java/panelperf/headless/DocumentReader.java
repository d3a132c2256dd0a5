package panelperf.headless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.bokeh.Json;
import panelperf.bokeh.Message;
import panelperf.bokeh.ProtocolError;
import panelperf.bokeh.ReplyAssembler;
import panelperf.bokeh.Tokens;
import panelperf.time.Ticker;
import panelperf.visit.Outcome;
import panelperf.visit.RequestHeaders;

/**
 * Reads what a server says without a page being made of it: an answer, or the document of one page over Bokeh's protocol.
 * It speaks by the same {@link Network} as the pages do.
 *
 * <p>Bounded: all that one reader is asked for takes no longer than its patience, from when it was made, and brings no more
 * bytes than it may. One thread's; it blocks.
 */
public final class DocumentReader implements AutoCloseable {
    private static final String PULL = "pull-1";

    private final Network network;
    private final RequestHeaders headers;
    private final Ticker ticker;
    private final long deadlineNanos;
    private final long mostBytes;
    private final AtomicLong received = new AtomicLong();

    /**
     * A reader whose time begins now.
     *
     * @param patience for all that it is asked
     * @param mostBytes of all that comes
     * @param headers what its requests carry
     * @param tls whom TLS trusts; null: the JDK's authorities
     */
    public DocumentReader(
            Ticker ticker, Duration patience, long mostBytes, RequestHeaders headers, @Nullable SSLContext tls) {
        this.network = new NettyNetwork(ticker, tls);
        this.headers = headers;
        this.ticker = ticker;
        this.deadlineNanos = ticker.nanos() + patience.toNanos();
        this.mostBytes = mostBytes;
    }

    /**
     * An answer that came, of whatever status. Redirects are not followed.
     *
     * @param requestedNanos when it was asked for, by the ticker
     */
    public record Answer(int status, String body, long requestedNanos) {}

    /**
     * A page's document.
     *
     * @param doc the {@code doc} of a {@code PULL-DOC-REPLY}
     * @param buffers what it refers to, by id
     * @param requestedNanos when its page was asked for, by the ticker
     * @param pulledNanos when the document was there
     */
    public record Pulled(JsonNode doc, Map<String, byte[]> buffers, long requestedNanos, long pulledNanos) {}

    /** Asks for an answer. */
    public Answer get(URI url) throws CannotRead, InterruptedException {
        long requestedNanos = ticker.nanos();
        Fetched fetched = await(
                network.fetch(
                        RequestHeaders.withoutUser(url), headers.withUserOf(url).values(), left(), true, this::count),
                "an answer");
        return new Answer(fetched.status(), new String(fetched.body(), StandardCharsets.UTF_8), requestedNanos);
    }

    /**
     * Pulls the document of a page that was asked for: the session that the server made for it is joined and left again.
     *
     * @param page its address
     * @param asked its answer
     */
    public Pulled pull(URI page, Answer asked) throws CannotRead, InterruptedException {
        String token = token(asked.body());
        URI bare = URI.create(RequestHeaders.withoutUser(page)
                .toString()
                .replaceFirst("[?#].*$", "")
                .replaceFirst("/$", ""));
        Map<String, String> sent = new HashMap<>(headers.withUserOf(page).values());
        sent.put("Origin", bare.getScheme() + "://" + bare.getRawAuthority());
        Conversation conversation = new Conversation();
        Network.Socket socket = await(
                network.open(
                        URI.create(bare.toString().replaceFirst("^http", "ws") + "/ws"),
                        sent,
                        new String[] {"bokeh", token},
                        left(),
                        conversation),
                "a websocket");
        try {
            ReplyAssembler.Reply reply = await(conversation.document, "the document");
            JsonNode doc = reply.content().path("doc");
            return new Pulled(doc, reply.buffers(), asked.requestedNanos(), ticker.nanos());
        } finally {
            socket.close(1000);
        }
    }

    private static String token(String html) throws CannotRead {
        try {
            return Tokens.embeddedIn(html).orElseThrow(() -> new CannotRead("a page without a session's token"));
        } catch (JsonProcessingException e) {
            throw new CannotRead("a page whose token is no JSON");
        }
    }

    private boolean count(long bytes) {
        return received.addAndGet(bytes) <= mostBytes;
    }

    private Duration left() throws CannotRead {
        long left = deadlineNanos - ticker.nanos();
        if (left <= 0) {
            throw tooSlow();
        }
        return Duration.ofNanos(left);
    }

    private <T> T await(CompletableFuture<T> future, String wanted) throws CannotRead, InterruptedException {
        try {
            return future.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw tooSlow();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (received.get() > mostBytes) {
                throw new CannotRead("more than " + mostBytes + " bytes");
            }
            if (cause instanceof CannotRead said) {
                throw said;
            }
            Outcome.Failed failure = NetworkFailure.of(cause == null ? e : cause, wanted);
            throw new CannotRead(failure.cause() + " (" + failure.detail() + ")");
        }
    }

    private static CannotRead tooSlow() {
        return new CannotRead("nothing in time");
    }

    /** From the server's greeting to the document. What comes is one event after the other. */
    private final class Conversation implements Network.SocketListener {
        private final CompletableFuture<ReplyAssembler.Reply> document = new CompletableFuture<>();
        private final ReplyAssembler replies = new ReplyAssembler();
        private ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        private Network.@Nullable Socket socket;

        @Override
        public void opened(Network.Socket opened) {
            socket = opened;
        }

        @Override
        public void text(String frame) {
            if (counted(frame.length())) {
                take(() -> replies.text(frame));
            }
        }

        @Override
        public void piece(ByteBuffer bytes) {
            if (counted(bytes.remaining())) {
                byte[] piece = new byte[bytes.remaining()];
                bytes.get(piece);
                buffer.writeBytes(piece);
            }
        }

        @Override
        public void binary(int bytes) {
            byte[] whole = buffer.toByteArray();
            buffer = new ByteArrayOutputStream();
            take(() -> replies.binary(whole));
        }

        @Override
        public void closed(int code, String reason) {
            document.completeExceptionally(new CannotRead(
                    "a websocket that closed with code " + code + (reason.isBlank() ? "" : " (" + reason + ")")));
        }

        private boolean counted(long bytes) {
            boolean fits = count(bytes);
            if (!fits) {
                document.completeExceptionally(new CannotRead("too much"));
            }
            return fits && !document.isDone();
        }

        private void take(Frame frame) {
            if (document.isDone()) {
                return;
            }
            try {
                frame.taken().ifPresent(this::heard);
            } catch (ProtocolError e) {
                document.completeExceptionally(new CannotRead("another protocol: " + e.reason()));
            }
        }

        private void heard(ReplyAssembler.Reply reply) {
            Network.Socket open = socket;
            if (reply.msgtype().equals("ACK") && open != null) {
                new Message(PULL, "PULL-DOC-REQ", null, Json.object()).frames().forEach(open::send);
                open.flush();
            } else if (reply.reqid().filter(PULL::equals).isPresent()) {
                if (reply.msgtype().equals("PULL-DOC-REPLY")) {
                    document.complete(reply);
                } else {
                    document.completeExceptionally(
                            new CannotRead(reply.msgtype() + " in place of the document: " + reason(reply)));
                }
            }
        }

        private static String reason(ReplyAssembler.Reply reply) {
            return reply.content().path("text").asText("no reason");
        }
    }

    /** A frame that is given to the assembler. */
    @FunctionalInterface
    private interface Frame {
        Optional<ReplyAssembler.Reply> taken() throws ProtocolError;
    }

    @Override
    public void close() {
        network.close();
    }
}
