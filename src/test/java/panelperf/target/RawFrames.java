package panelperf.target;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of websocket frames, right ones and wrong ones. */
final class RawFrames {
    static final int TEXT = 0x81;
    static final int TEXT_WITH_MORE = 0x01;
    static final int MORE = 0x00;
    static final int LAST = 0x80;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
    private static final int MASKED = 0x80;

    private RawFrames() {}

    /** A masked frame, as a client has to send it. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head(first, payload.length));
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        bytes.writeBytes(masked);
        return bytes.toByteArray();
    }

    static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] text(String payload) {
        return frame(TEXT, payload);
    }

    static byte[] close(int code) {
        return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** The start of a frame that says it is so long, in as few bytes as that takes; with the mask. */
    static byte[] head(int first, long length) {
        if (length < 126) {
            return all(new byte[] {(byte) first, (byte) (MASKED | length)}, MASK);
        }
        if (length < 65_536) {
            byte[] start = {(byte) first, (byte) (MASKED | 126), (byte) (length >> 8), (byte) length};
            return all(start, MASK);
        }
        return longHead(first, length);
    }

    /** The same with eight bytes of length, whatever it is. */
    static byte[] longHead(int first, long length) {
        byte[] start = new byte[10];
        start[0] = (byte) first;
        start[1] = (byte) (MASKED | 127);
        for (int i = 0; i < 8; i++) {
            start[2 + i] = (byte) (length >> (56 - 8 * i));
        }
        return all(start, MASK);
    }

    /** One message of the protocol in three frames. */
    static byte[] message(String type, String content) {
        return all(text("{\"msgid\":\"m1\",\"msgtype\":\"" + type + "\"}"), text("{}"), text(content));
    }

    static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
