package panelperf.target;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import panelperf.bokeh.Message;

/** Sends a message as its three text frames, which nothing comes between. */
@Sharable
final class MessageEncoder extends MessageToMessageEncoder<Message> {
    MessageEncoder() {
        super(Message.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Message message, List<Object> out) {
        for (String frame : message.frames()) {
            out.add(new TextWebSocketFrame(frame));
        }
    }
}
