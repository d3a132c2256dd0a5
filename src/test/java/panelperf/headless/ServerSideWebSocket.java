package panelperf.headless;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's end of a websocket (RFC 6455), as little of it as tests need. One thread's. */
final class ServerSideWebSocket {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    private final DataInputStream in;
    private final OutputStream out;
    private int closeCode = -1;

    private ServerSideWebSocket(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    static ServerSideWebSocket upgrade(DataInputStream in, OutputStream out, String head) throws IOException {
        String key = head.replaceFirst("(?is).*sec-websocket-key: *([^\r]+).*", "$1");
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: bokeh\r\nSec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return new ServerSideWebSocket(in, out);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte[] payload) throws IOException {
        frame(BINARY, payload);
    }

    void close(int code) throws IOException {
        frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 10);
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65_536) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    /** The next text; null once the client has closed. */
    @Nullable
    String read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload();
            if ((first & 15) == CLOSE) {
                closeCode = payload.length < 2 ? 1005 : ((payload[0] & 255) << 8) | (payload[1] & 255);
                return null;
            }
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                return message.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    /** The client's close code; -1 when it did not close. */
    int closeCode() {
        return closeCode;
    }
}
