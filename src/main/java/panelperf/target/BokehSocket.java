package panelperf.target;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import panelperf.bokeh.Message;
import panelperf.bokeh.MessageAssembler;
import panelperf.bokeh.ProtocolError;

/**
 * One websocket: puts messages together and hands them to the document loop. It is a socket of its session from when it
 * enters the pipeline until it leaves it. Its connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes its channel, and that is heard.
final class BokehSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    /** Messages of one socket that wait for the document loop; a browser sends seven at once when it has drawn a page. */
    static final int MOST_PENDING = 16;

    private final Sessions sessions;
    private final ServedSession session;
    private final PageSocket socket;
    private final MessageLimit limit;
    private final MessageBudget budget;
    private final Refusals refusals;
    private final MessageAssembler assembler = new MessageAssembler();
    private int pending;

    BokehSocket(
            Sessions sessions,
            ServedSession session,
            PageSocket socket,
            MessageLimit limit,
            MessageBudget budget,
            Refusals refusals) {
        this.sessions = sessions;
        this.session = session;
        this.socket = socket;
        this.limit = limit;
        this.budget = budget;
        this.refusals = refusals;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        sessions.connect(session, socket);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        sessions.disconnect(session, socket);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        } else {
            try {
                assemble(frame).ifPresent(message -> receive(ctx, message));
            } catch (ProtocolError e) {
                refusals.count(Refusal.BAD_MESSAGE);
                SocketEnd.begin(ctx.channel(), new CloseWebSocketFrame(e.code(), e.reason()));
            }
        }
    }

    private Optional<Message> assemble(WebSocketFrame frame) throws ProtocolError {
        if (frame instanceof TextWebSocketFrame text) {
            return assembler.text(text.text());
        }
        return frame instanceof BinaryWebSocketFrame ? assembler.binary() : Optional.empty();
    }

    private void receive(ChannelHandlerContext ctx, Message message) {
        long held = limit.whole();
        pending++;
        steerReading(ctx);
        sessions.receive(
                session,
                socket,
                message,
                () -> ctx.executor().execute(() -> {
                    budget.giveBack(held);
                    pending--;
                    steerReading(ctx);
                }));
    }

    /** A client that sends without end, or does not read what it asked for, is not read from. */
    private void steerReading(ChannelHandlerContext ctx) {
        if (!ctx.isRemoved()) {
            ctx.channel()
                    .config()
                    .setAutoRead(pending < MOST_PENDING && ctx.channel().isWritable());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        steerReading(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooBig = corrupted.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            end(ctx, tooBig ? tooBig() : new CloseWebSocketFrame(corrupted.closeStatus()));
        } else if (cause instanceof TooLongFrameException) {
            end(ctx, tooBig());
        } else {
            ctx.close();
        }
    }

    private void end(ChannelHandlerContext ctx, CloseWebSocketFrame frame) {
        refusals.count(Refusal.BAD_FRAME);
        SocketEnd.begin(ctx.channel(), frame);
    }

    private static CloseWebSocketFrame tooBig() {
        return new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "message too big");
    }
}
