package panelperf.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import panelperf.Fuzzing;

/**
 * The whole server, but for its sockets, on any bytes: as requests, and as frames. No exception may escape a handler; who
 * is shut out is told so first; and the server lives on.
 */
final class ConnectionsFuzzTest {
    private static final long SEED = 20_261_125;
    private static final int RUNS = 5_000;
    private static final int MASKED = 0x80;

    private final VirtualServer server = new VirtualServer();
    private final VirtualConnection pages = server.connect();
    private int runs;

    @AfterEach
    void stop() {
        server.close();
    }

    /** The bytes are what a new connection sends. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void requests(byte[] input) {
        VirtualConnection connection = server.connect();
        long badFrames = server.refused(Refusal.BAD_FRAME);

        connection.send(Unpooled.copiedBuffer(input));

        // Who sends frames, and bad ones, before the handshake is answered hears nothing.
        if (!connection.isOpen() && server.refused(Refusal.BAD_FRAME) == badFrames) {
            assertThat(connection.text()).startsWith("HTTP/1.1 ");
        }
        connection.close();
        liveOn();
    }

    /** The bytes are what a websocket sends. */
    @FuzzTest(maxDuration = "5m")
    @Fuzzing.WithJazzer
    void frames(byte[] input) {
        VirtualSocket socket = openSocket();

        socket.connection().send(Unpooled.copiedBuffer(unmasked(input)));

        List<String> frames = socket.frames();
        if (!socket.connection().isOpen()) {
            assertThat(frames).anyMatch(frame -> frame.startsWith("<close"));
        }
        socket.connection().close();
        liveOn();
    }

    /**
     * A frame's payload is changed by its mask; to change a payload's letters one by one the fuzzer needs a mask of zeros.
     * So each frame gets one whose head says that it has a mask, where there is room.
     */
    private static byte[] unmasked(byte[] input) {
        byte[] frames = input.clone();
        int at = 0;
        while (at + 6 <= frames.length) {
            int length = frames[at + 1] & 0x7f;
            int head = length == 126 ? 4 : length == 127 ? 10 : 2;
            if ((frames[at + 1] & MASKED) == 0 || at + head + 4 > frames.length || length == 127) {
                return frames;
            }
            int size = length == 126 ? ((frames[at + 2] & 0xff) << 8) | (frames[at + 3] & 0xff) : length;
            for (int i = 0; i < 4; i++) {
                frames[at + head + i] = 0;
            }
            at += head + 4 + size;
        }
        return frames;
    }

    private VirtualSocket openSocket() {
        return server.connect().upgrade(pages.get("/").token());
    }

    private void liveOn() {
        runs++;
        if (runs % 50 == 0) {
            VirtualSocket socket = openSocket();
            socket.messages();
            socket.send("PATCH-DOC", "m1", VirtualSocket.DOCUMENT_READY);
            while (server.waitingRenders() > 0) {
                server.render();
            }
            assertThat(socket.messages())
                    .extracting(VirtualSocket.Received::type)
                    .containsExactly("OK", "PATCH-DOC", "PATCH-DOC");
            socket.connection().close();
            // Nothing that was made is kept for ever.
            server.pass(Duration.ofSeconds(40));
            assertThat(pages.get("/sessions").body()).isEqualTo("[]");
        }
    }

    @Test
    void the_server_holds_under_thousands_of_changed_requests() {
        Fuzzing.run(ConnectionsFuzzTest.class, "requests", SEED, RUNS, this::requests);
    }

    @Test
    void the_server_holds_under_thousands_of_changed_frames() {
        Fuzzing.run(ConnectionsFuzzTest.class, "frames", SEED, RUNS, this::frames);
    }
}
