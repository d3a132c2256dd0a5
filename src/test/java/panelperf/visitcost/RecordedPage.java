package panelperf.visitcost;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a server said in one page's life.
 *
 * @param page the HTML
 * @param token the session's token, which is somewhere in the HTML
 * @param files what the HTML names, by path
 * @param greeting frames after the handshake
 * @param document frames that answered {@code PULL-DOC-REQ}
 * @param content frames after {@code document_ready}, its answer among them
 */
public record RecordedPage(
        Answer page,
        String token,
        Map<String, Answer> files,
        List<Frame> greeting,
        List<Frame> document,
        List<Frame> content) {
    /** By these the recorder's messages are known in what was recorded. */
    static final String PULL_ID = "recorder-pull";

    static final String READY_ID = "recorder-ready";

    /**
     * An HTTP answer.
     *
     * @param headers lines of name and value, those that a cache or a browser reads
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    public record Answer(int status, List<String> headers, byte[] body) {}

    /** A websocket's frame. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(boolean binary, byte[] bytes) {}

    /** Bytes of everything that a first visit fetches. */
    long bytes() {
        long frames = frameBytes(greeting) + frameBytes(document) + frameBytes(content);
        return page.body.length
                + files.values().stream().mapToLong(file -> file.body.length).sum()
                + frames;
    }

    /** Texts that the server sends in one page's life. */
    int texts() {
        return Math.toIntExact(List.of(greeting, document, content).stream()
                .flatMap(List::stream)
                .filter(frame -> !frame.binary)
                .count());
    }

    private static long frameBytes(List<Frame> frames) {
        return frames.stream().mapToLong(frame -> frame.bytes.length).sum();
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            write(out, page);
            bytes(out, token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.writeInt(files.size());
            for (Map.Entry<String, Answer> named : files.entrySet()) {
                out.writeUTF(named.getKey());
                write(out, named.getValue());
            }
            for (List<Frame> frames : List.of(greeting, document, content)) {
                out.writeInt(frames.size());
                for (Frame frame : frames) {
                    out.writeBoolean(frame.binary);
                    bytes(out, frame.bytes);
                }
            }
        }
    }

    private static void write(DataOutputStream out, Answer answer) throws IOException {
        out.writeInt(answer.status);
        out.writeInt(answer.headers.size());
        for (String header : answer.headers) {
            out.writeUTF(header);
        }
        bytes(out, answer.body);
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static RecordedPage read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Answer page = answer(in);
            String token = new String(bytes(in), java.nio.charset.StandardCharsets.UTF_8);
            Map<String, Answer> files = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                files.put(in.readUTF(), answer(in));
            }
            return new RecordedPage(page, token, files, frames(in), frames(in), frames(in));
        }
    }

    private static Answer answer(DataInputStream in) throws IOException {
        int status = in.readInt();
        List<String> headers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.add(in.readUTF());
        }
        return new Answer(status, headers, bytes(in));
    }

    private static List<Frame> frames(DataInputStream in) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            frames.add(new Frame(in.readBoolean(), bytes(in)));
        }
        return frames;
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
