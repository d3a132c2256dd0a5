package panelperf.headless;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Cause;

/** A connection of one visit, which carries one exchange after the other. Of its channel's thread. */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    final NettyNetwork.Origin origin;
    private final Consumer<HttpConnection> idle;
    private final BiConsumer<HttpConnection, HttpExchange> retry;
    private @Nullable Channel channel;
    private @Nullable HttpExchange exchange;
    private boolean used;
    private boolean keptAlive;
    /** An answer that only says that another one comes. */
    private boolean interim;

    /**
     * A connection that is still to be made.
     *
     * @param idle is told when it can carry another exchange
     * @param retry is given what a used connection could not carry any more
     */
    HttpConnection(
            NettyNetwork.Origin origin, Consumer<HttpConnection> idle, BiConsumer<HttpConnection, HttpExchange> retry) {
        this.origin = origin;
        this.idle = idle;
        this.retry = retry;
    }

    void added(Channel to) {
        channel = to;
        to.pipeline().addLast(this);
    }

    void send(HttpExchange next) {
        Channel on = channel;
        if (on == null || !on.isActive()) {
            retry.accept(this, next);
            return;
        }
        exchange = next;
        next.sendOn(on);
    }

    void close() {
        if (channel != null) {
            var unused = channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            HttpExchange current = exchange;
            if (current == null || !(message instanceof HttpObject part)) {
                close(); // nobody asked
                return;
            }
            if (part.decoderResult().isFailure()) {
                exchange = null;
                current.abandon(
                        current.unanswered()
                                ? new IOException(
                                        "an answer that is no HTTP",
                                        part.decoderResult().cause())
                                : new NetworkFailure.BoundReached(
                                        Cause.TRUNCATED,
                                        "a body that is no HTTP: "
                                                + part.decoderResult().cause().getMessage()));
                return;
            }
            take(current, part);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(HttpExchange current, HttpObject part) {
        if (part instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                keptAlive = HttpUtil.isKeepAlive(response);
                current.began(response);
            }
        }
        if (interim) {
            return;
        }
        if (part instanceof HttpContent content && !current.take(content.content())) {
            exchange = null;
            return;
        }
        if (part instanceof LastHttpContent) {
            exchange = null;
            used = true;
            // Before the result is told: who hears of it may ask for the next at once.
            if (keptAlive) {
                idle.accept(this);
            } else {
                close();
            }
            current.ended();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        HttpExchange current = exchange;
        exchange = null;
        if (current == null) {
            return;
        }
        if (used && current.unanswered() && !current.result.isDone()) {
            retry.accept(this, current);
        } else {
            current.cut();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        HttpExchange current = exchange;
        if (current != null && !(used && current.unanswered())) {
            exchange = null;
            current.abandon(failure);
        }
        close();
    }
}
