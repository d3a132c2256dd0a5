package panelperf.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without manners: whatever bytes it is given go over a plain socket, and what comes back is told in words. */
final class RawConnection implements AutoCloseable {
    private static final Pattern HEAD =
            Pattern.compile("\\AHTTP/1\\.1 (\\d{3}) [^\r]*\r\n(.*?\r\n)?\r\n", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern TYPE = Pattern.compile("\"msgtype\":\"([A-Z-]+)\"");
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean ended;

    RawConnection(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), PATIENCE_MS);
        socket.setSoTimeout(50);
    }

    /** Sends; a server that has ended the connection meanwhile is no failure. */
    RawConnection send(byte[] bytes) {
        // What came back tells why it could not all be sent.
        sendAll(bytes);
        return this;
    }

    /** Whether the system took them. */
    boolean sendAll(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the connection with a reset, as a machine does that has forgotten it. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads until what came is told by these words, or for a while. */
    String hear(String expected) throws IOException {
        return hear(expected::equals);
    }

    /** Reads until anything is told. */
    String hearSomething() throws IOException {
        return hear(told -> !told.isEmpty());
    }

    private String hear(Predicate<String> expected) throws IOException {
        long patience = PATIENCE_MS;
        String told = told();
        while (!expected.test(told) && !ended && patience > 0) {
            if (!read()) {
                patience -= 50;
            }
            told = told();
        }
        return told;
    }

    private boolean read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[65_536];
        try {
            int count = in.read(buffer);
            ended = count < 0;
            received.write(buffer, 0, Math.max(0, count));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            ended = true;
            return true;
        }
    }

    /** All that came. */
    String text() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** The token in the page that came. */
    String token() {
        Matcher matcher = TOKEN.matcher(text());
        if (!matcher.find()) {
            throw new AssertionError("expected a page with a token, found: " + text());
        }
        return matcher.group(1);
    }

    /** For example {@code 101 ACK close 1002 end}: statuses, types of messages, control frames, the end of the stream. */
    private String told() {
        List<String> words = new ArrayList<>();
        String left = text();
        for (Matcher head = HEAD.matcher(left); head.find(); head = HEAD.matcher(left)) {
            words.add(head.group(1));
            left = left.substring(head.end());
            if (head.group(1).equals("101")) {
                frames(left.getBytes(StandardCharsets.ISO_8859_1), words);
                left = "";
            } else if (!head.group(1).equals("100")) {
                Matcher length = LENGTH.matcher(head.group());
                left = left.substring(Math.min(left.length(), length.find() ? Integer.parseInt(length.group(1)) : 0));
            }
        }
        if (ended) {
            words.add("end");
        }
        return String.join(" ", words);
    }

    private static void frames(byte[] bytes, List<String> words) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int texts = 0;
        while (in.remaining() >= 2) {
            int opcode = in.get() & 0x0f;
            int length = in.get() & 0x7f;
            int more = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (in.remaining() < more) {
                return;
            }
            long size = more == 2 ? in.getShort() & 0xffff : more == 8 ? in.getLong() : length;
            if (in.remaining() < size) {
                return;
            }
            byte[] payload = new byte[(int) size];
            in.get(payload);
            String text = new String(payload, StandardCharsets.UTF_8);
            switch (opcode) {
                case 1 -> {
                    // A message is three texts: its type is in the first, and it is whole with the third.
                    Matcher type = TYPE.matcher(text);
                    if (texts % 3 == 0) {
                        words.add(type.find() ? type.group(1) : "?");
                    }
                    texts++;
                }
                case 8 ->
                    words.add(
                            size == 0
                                    ? "close"
                                    : "close " + (ByteBuffer.wrap(payload).getShort() & 0xffff));
                case 9 -> {
                    // The server's own, by its clock: no answer to anything.
                }
                case 10 -> words.add("pong");
                default -> words.add("opcode " + opcode);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
