package panelperf.target;

import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/** Netty's decoder of frames, which also tells what it holds of a frame that is not whole. */
final class BoundedFrameDecoder extends WebSocket13FrameDecoder {
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(SocketUpgrade.LARGEST_MESSAGE)
            // BokehSocket answers violations, in Bokeh's words.
            .closeOnProtocolViolation(false)
            .build();

    BoundedFrameDecoder() {
        super(FRAMES);
    }

    int undecodedBytes() {
        return actualReadableBytes();
    }
}
